// The folder of the index files: names that are never used twice, what is there, what may go.
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../lib/errors.ts";
import { manifestName } from "./manifest.ts";

const ownFile = /^(?:segment|removed)-(\d+)\.(?:seg|gone)$/;

export class IndexFolder {
  readonly path: string;
  private next: number;

  constructor(path: string) {
    this.path = path;
    this.next = 1 + Math.max(0, ...this.list().map(numberOf));
  }

  /** Names of our files in it, without the manifest. */
  list(): string[] {
    return existsSync(this.path) ? readdirSync(this.path).filter((name) => ownFile.test(name)) : [];
  }

  /** Makes the folder. Throws AppError "folder-unwritable". */
  create(): void {
    try {
      mkdirSync(this.path, { recursive: true });
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Files of this number and above do not exist yet. */
  get nextNumber(): number {
    return this.next;
  }

  newSegmentName(): string {
    return `segment-${this.next++}.seg`;
  }

  newRemovedName(): string {
    return `removed-${this.next++}.gone`;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /**
   * Deletes our files but those named and those whose number is not below `end` (they are being made). A reader that has one
   * open keeps it; what cannot be deleted now goes later.
   */
  keepOnly(names: ReadonlySet<string>, end = Number.POSITIVE_INFINITY): void {
    for (const name of this.list()) if (!names.has(name) && numberOf(name) < end) this.tryDelete(name);
    this.tryDelete(`${manifestName}.new`);
  }

  /** Deletes everything of ours, the manifest first. */
  clear(): void {
    this.tryDelete(manifestName);
    this.keepOnly(new Set());
  }

  private tryDelete(name: string): void {
    try {
      rmSync(this.file(name), { force: true });
    } catch {
      // Open elsewhere on a system that forbids it: it is not in the manifest and goes with the next clean-up.
    }
  }
}

function numberOf(name: string): number {
  return Number(ownFile.exec(name)?.[1] ?? 0);
}

export function unwritable(path: string, cause: unknown): AppError {
  return new AppError(
    "folder-unwritable",
    `The search index in ${path} cannot be read or written: ${(cause as Error).message}.`,
    {
      remedy: "Check that the folder is ours to write and the disk not full.",
      cause,
    },
  );
}
