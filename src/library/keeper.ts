// Whose library it is: a subscriber whose address is an account's keeps with the account; what was kept under two names
// becomes one; erasing leaves nothing.
import { findFirstOwner, findVerifiedIds } from "../accounts/accounts-store.ts";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { insertFollows, selectFollows } from "./follows-store.ts";
import {
  emptyKeeper,
  eraseKeeper,
  findKeeper,
  listKeepersAmong,
  moveFeedKeys,
  raiseRevision,
  writeSettings,
} from "./keepers-store.ts";
import { insertMarks, selectMarks } from "./marks-store.ts";
import { insertReferences, selectReferences } from "./references-store.ts";

/** The owner on loopback, before there is an account. */
export const machineKeeper = "this machine";

/**
 * Who keeps for whoever works at this machine: the first owner's account once there is one, which what was kept here before
 * joins now; until then the machine.
 */
export async function keeperAtMachine(db: Db, now: Instant): Promise<string> {
  const owner = await findFirstOwner(db);
  if (owner === null) return machineKeeper;
  await joinKeepers(db, { from: machineKeeper, to: owner }, now);
  return owner;
}

/** A reader of the letter who has no account. */
export function subscriberKeeper(pk: number): string {
  return `subscriber:${pk}`;
}

/**
 * Who keeps for each of these subscribers, by pk: the account whose confirmed address is his, else he himself. What he kept
 * before he had the account joins it now. Two queries, and a few more for each who joins.
 */
export async function keepersOfSubscribers(
  db: Db,
  subscribers: readonly { pk: number; address_key: string }[],
  now: Instant,
): Promise<Map<number, string>> {
  const ids = await findVerifiedIds(
    db,
    subscribers.map((subscriber) => subscriber.address_key),
  );
  const keepers = new Map(
    subscribers.map(({ pk, address_key }) => [pk, ids.get(address_key) ?? subscriberKeeper(pk)]),
  );
  const moved = subscribers.filter(({ address_key }) => ids.has(address_key)).map(({ pk }) => pk);
  for (const from of await listKeepersAmong(db, moved.map(subscriberKeeper)))
    await joinKeepers(db, { from, to: keepers.get(Number(from.slice(from.indexOf(":") + 1)))! }, now);
  return keepers;
}

/** Moves all that one keeper has to another; where both speak of the same, the other's stays. Harmless twice. */
export async function joinKeepers(
  db: Db,
  { from, to }: { from: string; to: string },
  now: Instant,
): Promise<void> {
  if (from === to || (await listKeepersAmong(db, [from])).length === 0) return;
  await db.transaction().execute(async (trx) => {
    const [given, held] = [await findKeeper(trx, from), await findKeeper(trx, to)];
    await raiseRevision(trx, to, now);
    if (given && !held) await writeSettings(trx, to, given.settings, now);
    await insertMarks(trx, to, await marksToMove(trx, from, to));
    await insertFollows(trx, to, await selectFollows(trx, from));
    await insertReferences(trx, to, await selectReferences(trx, from, Number.MAX_SAFE_INTEGER));
    await moveFeedKeys(trx, from, to);
    await eraseKeeper(trx, from);
  });
}

/** Marks on papers the other has not judged. */
async function marksToMove(trx: Db, from: string, to: string) {
  const judged = new Set((await selectMarks(trx, to)).map((mark) => mark.paper_pk));
  return (await selectMarks(trx, from)).filter((mark) => !judged.has(mark.paper_pk));
}

/** Empties the library and forgets what was learned; the addresses of private feeds go on working. */
export async function resetLibrary(db: Db, keeper: string, now: Instant): Promise<void> {
  await db.transaction().execute((trx) => emptyKeeper(trx, keeper, now));
}
