// The examples of the document, read from docs/api-examples.json: what the server answers about three papers, as a test compares.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Example } from "./v1-operation.ts";

/** Two folders below the package's, in src as in dist. */
export const examplesFile = fileURLToPath(new URL("../../docs/api-examples.json", import.meta.url));

/** By the id of the operation. */
export function readExamples(): Record<string, Example> {
  return JSON.parse(readFileSync(examplesFile, "utf8")) as Record<string, Example>;
}
