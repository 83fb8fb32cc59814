// How many statements something runs: what must not grow with the rows.
import type { Db } from "../../src/database/dialect.ts";

/** Runs `work` on a view of the database that counts. Transactions it opens itself are not counted. */
export async function countStatements(db: Db, work: (counting: Db) => Promise<unknown>): Promise<number> {
  let count = 0;
  await work(
    db.withPlugin({
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        count += 1;
        return result;
      },
    }),
  );
  return count;
}
