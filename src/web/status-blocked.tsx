// For the owner alone: letters that receivers refused because of us, which no reader can mend.
import { countReturns, findLatestBlock } from "../digest/returns-store.ts";
import { formatLongDay } from "../lib/dates.ts";
import type { PageDeps } from "./deps.ts";
import { SectionHeading } from "./layout.tsx";
import { count } from "./words.ts";

export interface Blocked {
  /** In seven days. */
  letters: number;
  /** ISO instant of the latest. */
  at: string;
  /** The receiver's words, hostile as any other; null: it gave none. */
  detail: string | null;
}

const weekMs = 7 * 86_400_000;

/** Null when nothing was refused in a week. */
export async function findBlocked({ db, clock }: Pick<PageDeps, "db" | "clock">): Promise<Blocked | null> {
  const since = new Date(clock().getTime() - weekMs).toISOString();
  const { blocked } = await countReturns(db, since);
  const latest = blocked === 0 ? undefined : await findLatestBlock(db);
  return latest ? { letters: blocked, at: latest.received_at, detail: latest.detail } : null;
}

export function BlockedLetters({ blocked: { letters, at, detail } }: { blocked: Blocked }) {
  return (
    <section>
      <SectionHeading title="Refused by receivers" />
      <div class="prose">
        <p>
          {count(letters, "letter")} in seven days {letters === 1 ? "was" : "were"} refused because of this
          sender, not of the reader; the latest on {formatLongDay(at.slice(0, 10))}:{" "}
          <bdi>{detail ?? "no reason given"}</bdi>
        </p>
        <p>
          <code>broadsheet doctor --mail</code> looks at what mail servers look at, and says what to publish.
          Only the owner sees this.
        </p>
      </div>
    </section>
  );
}
