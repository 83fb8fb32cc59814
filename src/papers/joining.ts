// Which paper an item belongs to: it joins one that is known, brings two together, or makes a new one. In memory, in order.
import type { Instant } from "../lib/clock.ts";
import {
  addIdentifier,
  allIdentifiers,
  forgetUnnamed,
  isOlder,
  namedIdentifiers,
} from "./draft-identifiers.ts";
import {
  absorb,
  addDraft,
  addNotes,
  type Draft,
  type DraftSet,
  releaseRecord,
  writeRecord,
} from "./drafts.ts";
import { areDifferentByIdentifier, hasTwoArxivIds, matchRecord } from "./matching.ts";
import { isMintedId } from "./paper-id.ts";
import { identifierKey, type PreparedItem, type PreparedRecord } from "./prepared-item.ts";

export type JoinKind = "added" | "updated" | "unchanged" | "merged";

export interface Joined {
  kind: JoinKind;
  /** The paper; a later item of the batch may make it part of another. */
  draft: Draft;
}

export interface JoinTimes {
  now: Instant;
  /** When the import began. */
  startedAt: Instant;
}

/** Joins one item to the set. Earlier items of the batch are already in it. */
export function joinItem(set: DraftSet, prepared: PreparedItem, { now, startedAt }: JoinTimes): Joined {
  const news = prepared.records.filter((record) => isNews(set, record));
  const known = prepared.records.some((record) => set.byRecord.has(record.key));
  for (const record of news) prepareChange(set, record);
  const reached = reachedDrafts(set, prepared, { news, startedAt });
  const first = reached[0];
  const united = unite(set, reached, now);
  const draft = united?.draft ?? addDraft(set, null);
  if (first && !known) note(set, draft, { ...first, now });
  for (const record of news) writeRecord(set, draft, record);
  if (news.length > 0) addNotes(set, draft, prepared.item.merges ?? []);
  keepIds(set, draft, prepared);
  if (known) return { kind: news.length > 0 || united?.absorbed ? "updated" : "unchanged", draft };
  return { kind: first ? "merged" : "added", draft };
}

/**
 * A record that changes may have been corrected: what it no longer names is given up, and when it now names another arXiv
 * id than the paper's other records do, it leaves them.
 */
function prepareChange(set: DraftSet, { key, identifiers }: PreparedRecord): void {
  const draft = set.byRecord.get(key);
  if (!draft) return;
  const others = namedIdentifiers(draft, key);
  if (hasTwoArxivIds(identifiers, others)) releaseRecord(set, draft, key);
  else forgetUnnamed(set, draft, [...others, ...identifiers]);
}

/** False when the very words are held already, or newer ones. */
function isNews(set: DraftSet, { key, hash, record }: PreparedRecord): boolean {
  const held = set.byRecord.get(key)?.records.get(key);
  if (!held) return true;
  if (held.hash === hash) return false;
  const [before, since] = [held.record.statedAt, record.statedAt];
  return before === undefined || since === undefined || since >= before;
}

/** The paper of the set that the item would join; undefined when it would make a new one. Changes nothing. */
export function findJoined(set: DraftSet, prepared: PreparedItem, now: Instant): Draft | undefined {
  return reachedDrafts(set, prepared, { news: prepared.records, startedAt: now })[0]?.draft;
}

interface Reached {
  draft: Draft;
  by: PreparedRecord;
  reason: string;
  evidence: string;
}

/** Papers the item belongs to, surest first: its own records, its ids, its identifiers, its title. */
function reachedDrafts(
  set: DraftSet,
  { records, ids, identifiers }: PreparedItem,
  { news, startedAt }: { news: PreparedRecord[]; startedAt: Instant },
): Reached[] {
  const reached: Reached[] = [];
  const add = (draft: Draft | undefined, by: PreparedRecord, reason: string, evidence: string) => {
    if (draft && !reached.some((r) => r.draft === draft)) reached.push({ draft, by, reason, evidence });
  };
  for (const record of records) add(set.byRecord.get(record.key), record, "identifier", record.key);
  const main = records[0]!;
  for (const id of ids.filter(isMintedId)) {
    add(set.byId.get(id) ?? byAlias(set, id), main, "identifier", `broadsheet:${id}`);
  }
  // An export says itself which papers are one: its papers are compared with those that were here before it. Only an arXiv
  // id is one paper's for good, so that whoever has come in the meantime with the same one is this paper too.
  const isComparable = (draft: Draft) =>
    ids.length === 0 ||
    (draft.createdAt !== null && draft.createdAt < startedAt) ||
    identifiers.some((one) => one.scheme === "arxiv" && draft.identifiers.has(identifierKey(one)));
  for (const record of news) {
    const candidates = candidatesOf(set, record).filter(({ draft }) => isComparable(draft));
    for (const { candidate, reason, evidence } of matchRecord(record.record, candidates, identifiers)) {
      add(candidate.draft, record, reason, evidence);
    }
  }
  return reached;
}

function byAlias(set: DraftSet, id: string): Draft | undefined {
  return set.byIdentifier.get(identifierKey({ scheme: "broadsheet", value: id }));
}

/** The paper its identifiers lead to first, then those of its title, then others that name the identifiers too. */
function candidatesOf(set: DraftSet, { identifiers, titleKey }: PreparedRecord) {
  const keys = identifiers.map(identifierKey);
  const owners = keys.flatMap((key) => set.byIdentifier.get(key) ?? []);
  const contestants = keys.flatMap((key) => [...(set.contestants.get(key) ?? [])]);
  const drafts = new Set([...owners, ...(set.byTitle.get(titleKey) ?? []), ...contestants]);
  return [...drafts].map((draft) => ({
    draft,
    identifiers: allIdentifiers(draft),
    get records() {
      return [...draft.records.values()].map((held) => held.record);
    },
  }));
}

interface United {
  draft: Draft;
  /** True when two papers became one. */
  absorbed: boolean;
}

/**
 * Makes one paper of those the item reached; the oldest keeps its place. Those whose identifiers disagree stay apart: two arXiv
 * ids always, two places in one proceedings unless the item's identifiers lead to both.
 */
function unite(set: DraftSet, reached: readonly Reached[], now: Instant): United | null {
  if (!reached[0]) return null;
  const united: United = { draft: reached[0].draft, absorbed: false };
  for (const other of reached.slice(1)) {
    const { draft } = united;
    const isNamed = reached[0].reason === "identifier" && other.reason === "identifier";
    const areTwo = isNamed ? hasTwoArxivIds : areDifferentByIdentifier;
    if (areTwo(allIdentifiers(draft), allIdentifiers(other.draft))) continue;
    const [keep, give] = isOlder(draft, other.draft) ? [draft, other.draft] : [other.draft, draft];
    absorb(set, keep, give);
    note(set, keep, { ...other, now, mergedId: give.id });
    united.draft = keep;
    united.absorbed = true;
  }
  return united;
}

interface Noted extends Reached {
  now: Instant;
  mergedId?: string | null;
}

function note(set: DraftSet, draft: Draft, { by, reason, evidence, now, mergedId }: Noted): void {
  const { source, sourceId } = by.record;
  const merged = mergedId ? { mergedId } : {};
  addNotes(set, draft, [{ source, sourceId, reason, evidence, mergedAt: now, ...merged }]);
}

/** Ids the paper had elsewhere: the first is taken as its own where it has none yet, the others lead to it. */
function keepIds(set: DraftSet, draft: Draft, { ids }: PreparedItem): void {
  for (const id of ids) {
    const isMain = id === ids[0];
    if (id === draft.id || id === draft.wantedId || (isMain && !isMintedId(id))) continue;
    if (isMain && draft.pk === null && !draft.wantedId && !set.byId.has(id)) {
      draft.wantedId = id;
      set.byId.set(id, draft);
    } else addIdentifier(set, draft, { scheme: "broadsheet", value: id });
  }
}
