// Which process owns the data folder. The lock lives in a SQLite file, so the system frees it whenever the process dies.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder's lock, or returns null at once when another process holds it.
 * Held by an exclusive SQLite transaction (POSIX advisory locks): kill -9 leaves nothing stale behind.
 */
export function tryLockFolder(folder: string): FolderLock | null {
  const database = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  try {
    database.exec("pragma journal_mode = delete");
    database.exec("begin exclusive");
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    release() {
      database.exec("rollback");
      database.close();
    },
  };
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === sqliteBusy;
}
