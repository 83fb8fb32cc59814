// Who holds a letter while it is being sent, and how the letters of a sender that died come back.
import { hostname } from "node:os";
import type { Db } from "../database/dialect.ts";
import { listClaims, releaseClaims } from "./deliveries-store.ts";

/** Longer than any letter can be under way: connecting, greeting and silence of the server are bounded far below. */
const staleAfterMs = 15 * 60_000;

/** This process among all that ever send: host, process id, and when the process began (ids come again). */
export function senderName(): string {
  return `${hostname()} ${process.pid} ${Math.floor(performance.timeOrigin)}`;
}

/** Gives back what senders left behind that died on this machine, and every claim older than 15 minutes. */
export async function releaseDeadClaims(db: Db, now: Date): Promise<number> {
  const staleAt = new Date(now.getTime() - staleAfterMs).toISOString();
  let released = 0;
  for (const { claimed_by, claimed_at } of await listClaims(db)) {
    if (claimed_by === null || claimed_at === null) continue;
    if (claimed_at > staleAt && !isDead(claimed_by)) continue;
    released += await releaseClaims(db, claimed_by, claimed_at);
  }
  return released;
}

/** Certain only for processes of this machine; of others only time tells. */
function isDead(sender: string): boolean {
  if (sender === senderName()) return false;
  const [host, pidText] = sender.split(" ");
  const pid = Number(pidText);
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
