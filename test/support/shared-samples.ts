// Real samples that are no part of the project: tests that need them run where they lie, and say so aloud where they do not.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SharedSamples {
  /** For test.skipIf: true where the folder or file is missing. */
  missing: boolean;
  bytes(name?: string): Uint8Array;
  text(name?: string): string;
  /** Names of the files in the folder. */
  names(): string[];
}

/** The folder or file of that name below BROADSHEET_SHARED (../shared); `what` names what is not run without it. */
export function sharedSamples(path: string, what: string): SharedSamples {
  const place = join(process.env.BROADSHEET_SHARED ?? "../shared", path);
  const missing = !existsSync(place);
  if (missing) console.warn(`NOT RUN: ${what} (no ${place}).`);
  const bytes = (name = "") => readFileSync(join(place, name));
  return {
    missing,
    bytes,
    text: (name) => bytes(name).toString("utf8"),
    names: () => readdirSync(place).sort(),
  };
}
