// The papers one batch touches, in memory: found by record, identifier and title, joined, and only then written.

import type { Instant } from "../lib/clock.ts";
import { addIdentifier, forgetUnnamed, namedIdentifiers, takeIdentifiers } from "./draft-identifiers.ts";
import { sortByTrust } from "./merging.ts";
import type { Identifier, MergeNote, PaperRecord, RecordChange } from "./paper.ts";
import type { PreparedRecord } from "./prepared-item.ts";
import { describeChange } from "./record-changes.ts";
import { titleKey } from "./title-key.ts";

export interface HeldRecord {
  record: PaperRecord;
  hash: string;
  /** Set when the batch brought or changed it. */
  json?: string;
  /** What it said before the batch, where that does not stand any more. */
  takenBack?: RecordChange["before"];
}

/** A paper while a batch is being joined: one that is stored (pk) or a new one (null). */
export interface Draft {
  pk: number | null;
  /** Its id as stored; null for a new one. */
  id: string | null;
  /** Null for a new one. */
  createdAt: Instant | null;
  /** Order of appearance; decides which of two new papers takes in the other. */
  order: number;
  records: Map<string, HeldRecord>;
  /** Every identifier that leads to it, its sources' and its older ids. */
  identifiers: Map<string, Identifier>;
  /** Keys of identifiers the batch added. */
  addedIdentifiers: Set<string>;
  /** True when identifiers were given up: all of them have to be written anew. */
  forgot: boolean;
  /** Identifiers its records name that lead to an older paper. */
  contested: Map<string, Identifier>;
  /** True when they have to be written anew. */
  contestChanged: boolean;
  /** Key of the title it is held under. */
  titleKey: string;
  /** An id it had elsewhere, taken if free. */
  wantedId?: string;
  notes: DraftNote[];
  /** Stored papers that turned out to be this one. */
  absorbed: { pk: number; id: string }[];
  /** The paper this one turned out to be. */
  absorbedBy?: Draft;
  /** True when a record, an identifier or a merge has to be written. */
  changed: boolean;
}

/** A merge, and how many others the batch had noted before it. */
export interface DraftNote extends MergeNote {
  order: number;
}

export interface DraftSet {
  all: Draft[];
  /** What records took back before they left a paper, by their key. */
  released: Map<string, RecordChange["before"]>;
  /** How many merges the batch has noted. */
  noteCount: number;
  byPk: Map<number, Draft>;
  byRecord: Map<string, Draft>;
  byIdentifier: Map<string, Draft>;
  /** Papers that name an identifier which leads to another, by its key. */
  contestants: Map<string, Set<Draft>>;
  byTitle: Map<string, Set<Draft>>;
  /** By current id, also of papers the batch was asked for by id. */
  byId: Map<string, Draft>;
}

export function emptyDraftSet(): DraftSet {
  return {
    all: [],
    released: new Map(),
    noteCount: 0,
    byPk: new Map(),
    byRecord: new Map(),
    byIdentifier: new Map(),
    contestants: new Map(),
    byTitle: new Map(),
    byId: new Map(),
  };
}

/** What is stored of a paper, besides its records and identifiers. */
export type StoredPaper = { pk: number; id: string; titleKey: string; createdAt: Instant };

export function addDraft(set: DraftSet, stored: StoredPaper | null): Draft {
  const draft: Draft = {
    pk: stored?.pk ?? null,
    id: stored?.id ?? null,
    createdAt: stored?.createdAt ?? null,
    order: set.all.length,
    records: new Map(),
    identifiers: new Map(),
    addedIdentifiers: new Set(),
    forgot: false,
    contested: new Map(),
    contestChanged: false,
    titleKey: "",
    notes: [],
    absorbed: [],
    changed: stored === null,
  };
  set.all.push(draft);
  if (stored) {
    set.byPk.set(stored.pk, draft);
    set.byId.set(stored.id, draft);
    moveToTitle(set, draft, stored.titleKey);
  }
  return draft;
}

export function holdRecord(set: DraftSet, draft: Draft, key: string, held: HeldRecord): void {
  draft.records.set(key, held);
  set.byRecord.set(key, draft);
}

/** Merges are kept in the order in which they were noted, whichever papers become one later. */
export function addNotes(set: DraftSet, draft: Draft, notes: readonly MergeNote[]): void {
  for (const note of notes) draft.notes.push({ ...note, order: set.noteCount++ });
}

/** Writes a record into a draft: its words, its identifiers (unless an older paper has them), its title. */
export function writeRecord(set: DraftSet, draft: Draft, prepared: PreparedRecord): void {
  const { key, record, hash, json } = prepared;
  const held = draft.records.get(key);
  const taken = held === undefined ? null : describeChange(held.record, record);
  const earlier = held ? held.takenBack : set.released.get(key);
  const takenBack = taken === null ? earlier : { ...taken, ...earlier };
  holdRecord(set, draft, key, { record, hash, json, ...(takenBack ? { takenBack } : {}) });
  draft.changed = true;
  for (const identifier of prepared.identifiers) addIdentifier(set, draft, identifier);
  moveToTitle(set, draft, draft.records.size === 1 ? prepared.titleKey : titleKeyOf(draft));
}

/** Takes away a record that speaks of another paper now. */
export function releaseRecord(set: DraftSet, draft: Draft, key: string): void {
  const takenBack = draft.records.get(key)?.takenBack;
  if (takenBack) set.released.set(key, takenBack);
  draft.records.delete(key);
  set.byRecord.delete(key);
  draft.changed = true;
  forgetUnnamed(set, draft, namedIdentifiers(draft));
  retitle(set, draft);
}

/** Makes `loser` part of `survivor`. Its rows in the database are repointed when the batch is written. */
export function absorb(set: DraftSet, survivor: Draft, loser: Draft): void {
  for (const [key, held] of loser.records) holdRecord(set, survivor, key, held);
  takeIdentifiers(set, survivor, loser);
  survivor.notes.push(...loser.notes);
  survivor.absorbed.push(...loser.absorbed);
  if (loser.pk !== null && loser.id !== null) survivor.absorbed.push({ pk: loser.pk, id: loser.id });
  if (survivor.wantedId === undefined) survivor.wantedId = loser.wantedId;
  else if (loser.wantedId) addIdentifier(set, survivor, { scheme: "broadsheet", value: loser.wantedId });
  survivor.forgot ||= loser.forgot;
  survivor.changed = true;
  loser.absorbedBy = survivor;
  set.byTitle.get(loser.titleKey)?.delete(loser);
  retitle(set, survivor);
}

/** After its records changed: the title it is held under. */
export function retitle(set: DraftSet, draft: Draft): void {
  moveToTitle(set, draft, titleKeyOf(draft));
}

/** The draft that an absorbed one became. */
export function survivorOf(draft: Draft): Draft {
  let survivor = draft;
  while (survivor.absorbedBy) survivor = survivor.absorbedBy;
  return survivor;
}

/** As the database finds it: by the title of the best-trusted record. */
function titleKeyOf(draft: Draft): string {
  const records = sortByTrust([...draft.records.values()].map((held) => held.record));
  return titleKey(records.find((record) => record.title.trim() !== "")?.title ?? "");
}

function moveToTitle(set: DraftSet, draft: Draft, key: string): void {
  set.byTitle.get(draft.titleKey)?.delete(draft);
  draft.titleKey = key;
  if (key === "") return;
  const group = set.byTitle.get(key) ?? new Set();
  set.byTitle.set(key, group.add(draft));
}
