// Gives drafts their place: pk, the paper folded from the records, and the id people will use.
import { type Db, takeNumbers, textsIn } from "../database/dialect.ts";
import type { Draft } from "./drafts.ts";
import { type FoldedPaper, foldRecords, sortByTrust } from "./merging.ts";
import { isMintedId, mintPaperId } from "./paper-id.ts";

/** A draft that has its place in the database. */
export interface PlacedDraft {
  draft: Draft;
  pk: number;
  id: string;
  paper: FoldedPaper;
  isNew: boolean;
}

/** Gives new papers their pk, and every changed paper its id: the arXiv id as soon as there is one, else a minted one. */
export async function placeDrafts(trx: Db, drafts: readonly Draft[]): Promise<PlacedDraft[]> {
  const fresh = drafts.filter((draft) => draft.pk === null);
  let pk = fresh.length > 0 ? await takeNumbers(trx, "papers", fresh.length) : 0;
  const minted = await mintIds(trx, drafts.filter(needsMintedId));
  return drafts.map((draft) => {
    const paper = foldRecords([...draft.records.values()].map((held) => held.record));
    const id = minted.get(draft) ?? arxivIdOf(draft) ?? draft.id!;
    const isNew = draft.pk === null;
    if (isNew) {
      draft.pk = pk;
      pk += 1;
    }
    return { draft, pk: draft.pk!, id, paper, isNew };
  });
}

/** True for a paper without arXiv id that has no id yet, or has just given its arXiv id up. */
export function needsMintedId(draft: Draft): boolean {
  return arxivIdOf(draft) === null && (draft.id === null || !isMintedId(draft.id));
}

/** Of the best-trusted record that names one which leads here (it may lead to an older paper). */
function arxivIdOf(draft: Draft): string | null {
  const owned = [...draft.identifiers.values()].filter((i) => i.scheme === "arxiv");
  if (owned.length < 2) return owned[0]?.value ?? null;
  const records = sortByTrust([...draft.records.values()].map((held) => held.record));
  const named = records
    .flatMap((record) => record.identifiers)
    .find((i) => owned.some((o) => o.value === i.value));
  return named?.value ?? owned[0]!.value;
}

/** Ids nobody has or had. A wanted id that is taken gives way to a minted one. */
async function mintIds(trx: Db, drafts: readonly Draft[]): Promise<Map<Draft, string>> {
  const ids = new Map<Draft, string>();
  const used = new Set<string>();
  for (const draft of drafts) {
    const earlier = [...draft.identifiers.values()].find((i) => i.scheme === "broadsheet");
    if (earlier && draft.id !== null) ids.set(draft, earlier.value);
  }
  let open = drafts.filter((draft) => !ids.has(draft));
  for (let attempt = 0; open.length > 0; attempt += 1) {
    const proposals = open.map((draft) => ({ draft, id: proposeId(draft, attempt) }));
    const taken = await findTaken(
      trx,
      proposals.map((proposal) => proposal.id),
    );
    open = [];
    for (const { draft, id } of proposals) {
      if (taken.has(id) || used.has(id)) open.push(draft);
      else {
        used.add(id);
        ids.set(draft, id);
      }
    }
  }
  return ids;
}

function proposeId(draft: Draft, attempt: number): string {
  if (attempt === 0 && draft.wantedId) return draft.wantedId;
  const first = draft.records.values().next().value!.record;
  return mintPaperId(first.source, first.sourceId, attempt);
}

async function findTaken(trx: Db, ids: string[]): Promise<Set<string>> {
  const papers = await trx.selectFrom("papers").select("id").where("id", "in", textsIn(trx, ids)).execute();
  const aliases = await trx
    .selectFrom("identifiers")
    .select("value as id")
    .where("scheme", "=", "broadsheet")
    .where("value", "in", textsIn(trx, ids))
    .execute();
  return new Set([...papers, ...aliases].map((row) => row.id));
}
