// The model that ships with the project, so that a fresh instance searches by meaning before it has trained its own.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Beside src and dist. What it was trained on and how: docs/model-data-sheet.md. */
export const shippedModelFile = fileURLToPath(new URL("../../../models/papers.model", import.meta.url));

/** The model that an instance has trained itself, which takes over. */
export function ownModelFile(dataFolder: string): string {
  return join(dataFolder, "meaning", "papers.model");
}
