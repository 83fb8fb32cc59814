// The vectors of one model, following the papers by change number.
import type { PaperUnits } from "../paper-units.ts";
import type { SearchChange } from "../search.ts";
import { encodeEntry } from "./encode-entry.ts";
import type { Meaning } from "./hybrid.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { openNearStems } from "./near-stems.ts";
import type { OpenRows } from "./shelf-chunk.ts";
import { saveShelf } from "./vector-files.ts";
import { VectorShelf } from "./vector-shelf.ts";

export class FollowedVectors implements Meaning {
  readonly model: MeaningModel;
  readonly nearStems: Meaning["nearStems"];
  readonly shelf: VectorShelf;
  /** Everything up to here is on the shelf. */
  changeNumber: number;
  /** What the files say; -1 when they are not of this model. */
  private written: number;

  /** `stored` is what the files hold of this model; without it, `openRows` says where the bytes of vectors are kept. */
  constructor(
    model: MeaningModel,
    stored: { shelf: VectorShelf; changeNumber: number } | null,
    openRows: OpenRows | null = null,
  ) {
    this.model = model;
    this.nearStems = openNearStems(model);
    this.shelf = stored?.shelf ?? new VectorShelf(model.dimension, 0, openRows);
    this.changeNumber = stored?.changeNumber ?? 0;
    this.written = stored?.changeNumber ?? -1;
  }

  /**
   * Applies those of the changes after `since` that are new here; nothing when some between would be missed. `units` are
   * those of the one changed paper, where they have been found already.
   */
  apply(changes: readonly SearchChange[], since: number, units: PaperUnits | null = null): void {
    if (since > this.changeNumber) return;
    for (const { changeNumber, key, document } of changes) {
      if (changeNumber < this.changeNumber) continue;
      if (document) this.shelf.set(key, encodeEntry(this.model, document, units));
      else this.shelf.remove(key);
      this.changeNumber = changeNumber;
    }
  }

  async save(folder: string): Promise<void> {
    const { changeNumber, shelf, model } = this;
    if (changeNumber === this.written) return;
    const { dimension, facts } = model;
    await saveShelf(folder, shelf, { modelId: facts.id, dimension, changeNumber });
    this.written = changeNumber;
  }
}
