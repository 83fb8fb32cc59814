// The version of this program, as package.json says it.
import { readFileSync } from "node:fs";

/** Two folders below package.json, in src as in dist. */
const description = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

export const programVersion: string = description.version;
