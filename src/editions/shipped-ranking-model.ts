// The ranking model that ships with the project, read once a process.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type EstimateModel, parseModel } from "./estimate/estimate-model.ts";

/** Beside src and dist. How it was made: docs/ranking.md. */
export const shippedRankingModelFile = fileURLToPath(new URL("../../models/ranking.txt", import.meta.url));

let shipped: EstimateModel | null = null;

/** Throws AppError "bad-input" when the file is damaged, and what the system says when it is missing. */
export function loadShippedRankingModel(): EstimateModel {
  shipped ??= parseModel(readFileSync(shippedRankingModelFile, "utf8"), shippedRankingModelFile);
  return shipped;
}
