// Reads a Maildir as others fill it: each file of new/ once, moved to cur/ when it is done with. A crash in between reads
// the file again; what is done with it must be harmless twice.
import { open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";

/** Longer messages are read to here: a report stands before what it encloses. */
const mostBytes = 4 * 1024 * 1024;

/** Taken in by one run, so that a flooded mailbox keeps nothing else waiting. */
const mostFiles = 1_000;

/** Calls `take` with each new message, oldest name first. Returns how many; a folder that is not there has none. */
export async function readMaildir(
  folder: string,
  take: (raw: Buffer, name: string) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<number> {
  let taken = 0;
  for (const name of await listNew(folder)) {
    if (signal?.aborted || taken >= mostFiles) break;
    const raw = await readFileUpTo(join(folder, "new", name));
    // Gone: another reader of the same Maildir was quicker.
    if (raw === null) continue;
    await take(raw, name);
    await moveToCur(folder, name);
    taken++;
  }
  return taken;
}

async function listNew(folder: string): Promise<string[]> {
  const entries = await orNull(readdir(join(folder, "new"), { withFileTypes: true }));
  const files = (entries ?? []).filter((entry) => entry.isFile() && !entry.name.startsWith("."));
  return files.map((entry) => entry.name).sort();
}

async function readFileUpTo(path: string): Promise<Buffer | null> {
  const file = await orNull(open(path, "r"));
  if (!file) return null;
  try {
    const buffer = Buffer.alloc(Math.min((await file.stat()).size, mostBytes));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** With the flag that says "seen", so that a person looking in finds what was done with. */
async function moveToCur(folder: string, name: string): Promise<void> {
  const seen = name.includes(":2,") ? name : `${name}:2,S`;
  await orNull(rename(join(folder, "new", name), join(folder, "cur", seen)));
}

async function orNull<T>(given: Promise<T>): Promise<T | null> {
  try {
    return await given;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
