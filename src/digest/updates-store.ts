// Which papers that readers were told of may have changed lately.
import { sql } from "kysely";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

/** Papers that were in a letter and of which a source took something back, or announced a new version, since an instant. */
export async function listChangedSentPapers(db: Db, since: Instant): Promise<number[]> {
  const result = await sql<{ pk: number }>`
    select changed.pk from (
      select r.paper_pk as pk from record_changes c
        join paper_records r on r.source = c.source and r.source_id = c.source_id
        where c.changed_at >= ${since}
      union
      select paper_pk as pk from announcements where kind = 'replace' and day >= ${since.slice(0, 10)}
    ) as changed
    where exists (select 1 from sent_papers s where s.paper_pk = changed.pk)
    order by changed.pk desc`.execute(db);
  return result.rows.map(({ pk }) => pk);
}
