// Which model an instance searches with: its own when it has trained one, the one that ships otherwise. The model before
// is kept until the vectors of the new one are complete.
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { AppError } from "../../lib/errors.ts";
import type { ModelFiles } from "../search.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { parseModel } from "./model-file.ts";
import { placeRows } from "./row-pool.ts";

/** The own model is kept under this name while another takes its place. */
function olderModelFile(own: string): string {
  return `${own}.older`;
}

export interface PreferredModel {
  model: MeaningModel;
  /** The instance trained it itself. */
  own: boolean;
}

/** Reads the preferred model; null when there is none. `note` is told of a file that cannot be used. */
export function loadPreferredModel(
  { own, shipped }: ModelFiles,
  note: (problem: string) => void,
): PreferredModel | null {
  const trained = loadFirst([own], note);
  const model = trained ?? loadFirst([shipped], note);
  return model && { model, own: trained !== null };
}

/** Reads the model of this id; null when no file has it any longer. */
export function loadModelById(files: ModelFiles, id: string): MeaningModel | null {
  const older = files.own === null ? null : olderModelFile(files.own);
  const names = [files.own, older, files.shipped];
  return loadFirst(
    names,
    () => {},
    (model) => model.facts.id === id,
  );
}

function loadFirst(
  names: readonly (string | null)[],
  note: (problem: string) => void,
  fits: (model: MeaningModel) => boolean = () => true,
): MeaningModel | null {
  for (const name of names) {
    if (name === null || !existsSync(name)) continue;
    try {
      const model = loadModel(name);
      if (fits(model)) return model;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      note(error.message);
    }
  }
  return null;
}

/** Models in use, by file and stamp: search and tastes ask for the same one, of which there need be only one in memory. */
const inUse = new Map<string, WeakRef<MeaningModel>>();

function loadModel(file: string): MeaningModel {
  const name = `${file} ${stampOf(file)}`;
  const known = inUse.get(name)?.deref();
  if (known) return known;
  for (const [older, model] of inUse) if (!model.deref()) inUse.delete(older);
  const model = placeRows(parseModel(readFileSync(file), file));
  inUse.set(name, new WeakRef(model));
  return model;
}

/** What changes when another model is put in place; the same for the same files. */
export function stampOfModels({ own, shipped }: ModelFiles): string {
  return [own, shipped].map((name) => (name === null ? "" : stampOf(name))).join("|");
}

function stampOf(name: string): string {
  const found = statSync(name, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs}-${found.size}-${found.ino}` : "";
}

/** Keeps the own model, which another is about to replace, for as long as its vectors serve. */
export function keepOlderModel(own: string): void {
  if (existsSync(own)) copyFileSync(own, olderModelFile(own));
}

/** The vectors of the older model serve no longer. */
export function forgetOlderModel({ own }: ModelFiles): void {
  if (own !== null) rmSync(olderModelFile(own), { force: true });
}
