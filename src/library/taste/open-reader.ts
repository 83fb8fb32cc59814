// The reader of texts for tastes, with the model of meaning that the instance searches with; opened when first asked for, and
// again when another model takes its place.
import { AppError } from "../../lib/errors.ts";
import { loadPreferredModel, stampOfModels } from "../../search/meaning/model-files.ts";
import type { ModelFiles } from "../../search/search.ts";
import { FeatureReader } from "./features.ts";

/** The returned function gives the same reader until the files change; throws AppError "not-found" when there is no model. */
export function openFeatureReader(files: ModelFiles): () => FeatureReader {
  let stamp = "";
  let reader: FeatureReader | null = null;
  return () => {
    const present = stampOfModels(files);
    if (reader && present === stamp) return reader;
    const model = loadPreferredModel(files, () => {})?.model;
    if (!model) throw new AppError("not-found", "There is no meaning model to learn a taste with.");
    stamp = present;
    reader = new FeatureReader(model);
    return reader;
  };
}
