// The ranking model that ships with the project, read once a process.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256Hex } from "../lib/hash.ts";
import { type EstimateModel, parseModel } from "./estimate/estimate-model.ts";

/** Beside src and dist. How it was made: docs/ranking.md. */
export const shippedRankingModelFile = fileURLToPath(new URL("../../models/ranking.txt", import.meta.url));

/** With the name that its estimates are recorded under: until when it learned, and the fingerprint of its file. */
export interface NamedModel extends EstimateModel {
  name: string;
}

let shipped: NamedModel | null = null;

/** Throws AppError "bad-input" when the file is damaged, and what the system says when it is missing. */
export function loadShippedRankingModel(): NamedModel {
  shipped ??= readModel();
  return shipped;
}

function readModel(): NamedModel {
  const text = readFileSync(shippedRankingModelFile, "utf8");
  const model = parseModel(text, shippedRankingModelFile);
  return { ...model, name: `${model.trainedUntil} ${sha256Hex(text).slice(0, 12)}` };
}
