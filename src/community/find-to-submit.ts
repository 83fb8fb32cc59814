// What somebody means to put forward: a paper that is here, one to be fetched, or a title to be looked for. Nothing is saved but
// what an archive answered.
import { fetchPaper } from "../harvest/fetch-paper.ts";
import type { Work } from "../harvest/sources.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import type { Identifier, Paper, SourceItem } from "../papers/paper.ts";
import { findPaper, findPapersByPk } from "../papers/papers-store.ts";
import { saveItems } from "../papers/save-store.ts";

export type Meant =
  | { kind: "paper"; paper: Paper }
  /** No identifier: words of a title. */
  | { kind: "title"; title: string }
  /** An identifier that nobody can be asked for, or whose archive does not know it or does not answer. */
  | { kind: "not-found"; identifier: Identifier; message: string };

/** Somebody waits at a page; an archive that takes longer is asked again another time. */
const patienceMs = 25_000;

export async function findMeant(work: Work, text: string): Promise<Meant> {
  const given = text.trim();
  const here = await findHere(work, given);
  if (here) return { kind: "paper", paper: here };
  const identifier = parseIdentifier(given);
  if (!identifier) return { kind: "title", title: given };
  const signal = AbortSignal.timeout(patienceMs);
  const fetched = await fetchPaper({ ...work, signal }, identifier);
  if (!fetched.ok) {
    const { scheme, value } = identifier;
    return { kind: "not-found", identifier: { scheme, value }, message: fetched.message };
  }
  return { kind: "paper", paper: await savePaper(work, fetched.item) };
}

/** By any of its ids or addresses, also one of our own pages'. */
async function findHere(work: Work, given: string): Promise<Paper | null> {
  const own = /^https?:\/\/[^/]+\/papers\/(.+)$/.exec(given)?.[1];
  for (const id of [given, ...(own ? [decodeOwn(own)] : [])]) {
    const found = await findPaper(work.db, id);
    if (found && "paper" in found) return found.paper;
    const led = found && (await findPaper(work.db, found.redirectTo));
    if (led && "paper" in led) return led.paper;
  }
  return null;
}

/** Saves what was fetched or typed; the paper it turned out to be. */
export async function savePaper({ db, clock }: Pick<Work, "db" | "clock">, item: SourceItem): Promise<Paper> {
  const options = { now: clock().toISOString(), origin: "import" } as const;
  const [outcome] = await db.transaction().execute((trx) => saveItems(trx, [item], options));
  if (!outcome || outcome.kind === "rejected")
    throw new Error(
      `A checked record was refused: ${outcome?.kind === "rejected" ? outcome.reason : "nothing"}`,
    );
  const paper = (await findPapersByPk(db, [outcome.pk])).get(outcome.pk);
  if (!paper) throw new Error("A paper that was just saved is gone.");
  return paper;
}

function decodeOwn(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
