// What leads to which paper of a batch: an identifier that several papers name leads to the one that was here first of them.
//
// They stay several papers where two arXiv ids, or two places in one proceedings, say so. The others contest the identifier:
// it is theirs as soon as the first names it no more.
import type { Draft, DraftSet } from "./drafts.ts";
import type { Identifier } from "./paper.ts";
import { identifierKey, identifiersOf } from "./prepared-item.ts";

/** As stored. */
export function holdIdentifier(set: DraftSet, draft: Draft, identifier: Identifier): void {
  const key = identifierKey(identifier);
  draft.identifiers.set(key, identifier);
  set.byIdentifier.set(key, draft);
}

/** As stored. */
export function holdContested(set: DraftSet, draft: Draft, identifier: Identifier): void {
  const key = identifierKey(identifier);
  draft.contested.set(key, identifier);
  const contestants = set.contestants.get(key) ?? new Set();
  set.contestants.set(key, contestants.add(draft));
}

/** Makes the identifier lead to the paper, unless another that names it was here before. Ids of our own never move. */
export function addIdentifier(set: DraftSet, draft: Draft, identifier: Identifier): void {
  const key = identifierKey(identifier);
  const owner = set.byIdentifier.get(key);
  if (owner === draft) return;
  if (owner && (identifier.scheme === "broadsheet" || isOlder(owner, draft))) {
    if (identifier.scheme !== "broadsheet") contest(set, draft, identifier);
    return;
  }
  if (owner) {
    giveUp(set, owner, key);
    contest(set, owner, identifier);
  }
  takeUp(set, draft, identifier);
}

/** What the paper's records name, whether it leads here or not, and the ids it had. */
export function allIdentifiers({ identifiers, contested }: Draft): Identifier[] {
  return contested.size === 0 ? [...identifiers.values()] : [...identifiers.values(), ...contested.values()];
}

/** What the records of the paper name, but for this one. */
export function namedIdentifiers(draft: Draft, exceptRecord?: string): Identifier[] {
  const others = [...draft.records].filter(([key]) => key !== exceptRecord).map(([, held]) => held.record);
  return others.flatMap(identifiersOf);
}

/**
 * Gives up identifiers that are not among those `named`; ids of our own stay for good. A source that corrects itself must
 * not keep two papers together, or one from its own. What another paper names too leads there from now on.
 */
export function forgetUnnamed(set: DraftSet, draft: Draft, identifiers: readonly Identifier[]): void {
  const named = new Set(identifiers.map(identifierKey));
  for (const key of draft.contested.keys()) if (!named.has(key)) contestNoMore(set, draft, key);
  for (const [key, identifier] of draft.identifiers) {
    if (identifier.scheme === "broadsheet" || named.has(key)) continue;
    giveUp(set, draft, key);
    const [heir] = [...(set.contestants.get(key) ?? [])].sort((a, b) => (isOlder(a, b) ? -1 : 1));
    if (heir) takeUp(set, heir, identifier);
  }
}

/** All that led to `loser`, or was contested by it, is the older paper's. */
export function takeIdentifiers(set: DraftSet, survivor: Draft, loser: Draft): void {
  for (const [key, identifier] of loser.identifiers) {
    holdIdentifier(set, survivor, identifier);
    contestNoMore(set, survivor, key);
  }
  for (const key of loser.addedIdentifiers) survivor.addedIdentifiers.add(key);
  for (const [key, identifier] of loser.contested) {
    set.contestants.get(key)?.delete(loser);
    addIdentifier(set, survivor, identifier);
  }
}

/** Stored papers before new ones, in the order of their pk; then in the order in which they appeared. */
export function isOlder(a: Draft, b: Draft): boolean {
  const age = (draft: Draft) => draft.pk ?? Number.MAX_SAFE_INTEGER;
  return age(a) < age(b) || (age(a) === age(b) && a.order < b.order);
}

function takeUp(set: DraftSet, draft: Draft, identifier: Identifier): void {
  const key = identifierKey(identifier);
  holdIdentifier(set, draft, identifier);
  contestNoMore(set, draft, key);
  draft.addedIdentifiers.add(key);
  draft.changed = true;
}

function giveUp(set: DraftSet, draft: Draft, key: string): void {
  draft.identifiers.delete(key);
  draft.addedIdentifiers.delete(key);
  set.byIdentifier.delete(key);
  draft.forgot = true;
  draft.changed = true;
}

function contest(set: DraftSet, draft: Draft, identifier: Identifier): void {
  if (draft.contested.has(identifierKey(identifier))) return;
  holdContested(set, draft, identifier);
  draft.contestChanged = true;
  draft.changed = true;
}

function contestNoMore(set: DraftSet, draft: Draft, key: string): void {
  if (!draft.contested.delete(key)) return;
  set.contestants.get(key)?.delete(draft);
  draft.contestChanged = true;
  draft.changed = true;
}
