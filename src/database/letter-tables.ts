// What the letter's contract adds: the reader's wishes, what was told of each paper and when, and the words of an issue.
import { type AnyDatabase, createTables, type TableShape } from "./table-shape.ts";

const wordTables: Record<string, TableShape> = {
  issue_words: {
    columns: [
      ["issue", "text"],
      ["paper_pk", "integer"],
      ["words", "text"],
    ],
    primaryKey: ["issue", "paper_pk"],
  },
};

/** Readers of before keep what they had: every day, twelve papers; what they were sent has no date to compare with. */
export async function addLetterWishes(db: AnyDatabase): Promise<void> {
  const texts = { weekdays: "1234567", rhythm: "daily" };
  for (const [name, value] of Object.entries(texts))
    await addColumn(db, "subscribers", name, (c) => c.notNull().defaultTo(value));
  for (const name of ["paused_until", "clock_set_at"]) await addColumn(db, "subscribers", name, (c) => c);
  for (const [name, value] of Object.entries({ papers: 12, own_share: 50 }))
    await addColumn(db, "subscribers", name, (c) => c.notNull().defaultTo(value), "integer");
  await addColumn(db, "sent_papers", "version", (c) => c, "integer");
  await addColumn(db, "sent_papers", "told_at", (c) => c);
  await db.schema
    .createIndex("sent_papers_paper")
    .on("sent_papers")
    .columns(["paper_pk", "subscriber_pk"])
    .execute();
  await createTables(db, wordTables);
}

type Build = Parameters<ReturnType<AnyDatabase["schema"]["alterTable"]>["addColumn"]>[2];

async function addColumn(
  db: AnyDatabase,
  table: string,
  name: string,
  build: Build,
  type: "text" | "integer" = "text",
): Promise<void> {
  await db.schema.alterTable(table).addColumn(name, type, build).execute();
}
