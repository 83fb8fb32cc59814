// The vectors that an outside service made of the papers: given to us by a job that follows the papers by change number, kept
// as the own ones are (vector-files.ts), whole, eight bits a component. What a vector was made of is remembered by a fingerprint, so that a
// paper is sent again only when its text has changed.
import { sha256Hex } from "../../lib/hash.ts";
import type { OutsideChange, OutsideFollower } from "../search.ts";
import { clearShelf, openShelf, saveShelf } from "./vector-files.ts";
import { VectorShelf } from "./vector-shelf.ts";

export interface OutsideFiles {
  folder: string;
  /** Of the model: vectors of another name are given up. */
  name: string;
  readOnly: boolean;
}

/** They serve when so many of the papers have one. */
const complete = 0.98;
/** The scan takes vectors of a multiple of so many components: zeros are added. */
const componentStep = 32;

export class OutsideVectors implements OutsideFollower {
  private readonly files: OutsideFiles;
  private shelf: VectorShelf | null = null;
  private components = 0;
  private followed = 0;
  /** What the files say. */
  private written = 0;
  damage: string | null = null;

  constructor(files: OutsideFiles) {
    this.files = files;
    const outcome = openShelf(files.folder);
    if ("damage" in outcome) this.damage = outcome.damage;
    if (!("opened" in outcome)) return;
    const { shelf, modelId, changeNumber } = outcome.opened;
    const components = Number(modelId.split("-")[1]);
    if (modelId !== this.modelIdFor(components)) return;
    Object.assign(this, { shelf, components, followed: changeNumber, written: changeNumber });
  }

  /** The name may hold anything; files are called by this. */
  private modelIdFor(components: number): string {
    return `${sha256Hex(this.files.name).slice(0, 16)}-${components}`;
  }

  get changeNumber(): number {
    return this.followed;
  }

  get papers(): number {
    return this.shelf?.size ?? 0;
  }

  /** The vectors, when nearly all of so many papers have theirs. */
  find(documents: number): VectorShelf | null {
    return this.papers > 0 && this.papers >= complete * documents ? this.shelf : null;
  }

  /** A query's vector as the scan takes it; null when it is not of these vectors' kind. */
  fit(vector: Float32Array): Float32Array | null {
    return vector.length === this.components ? padded(vector) : null;
  }

  fits(components: number): boolean {
    return this.components === 0 || this.components === components;
  }

  lacks(key: number, text: string): boolean {
    return this.shelf?.stemLengthOf(key) !== fingerprintOf(text);
  }

  apply(changes: readonly OutsideChange[]): void {
    for (const { changeNumber, key, paper } of changes) {
      if (changeNumber < this.followed) continue;
      if (paper === null) this.shelf?.remove(key);
      else if (paper.vector !== undefined) this.set(key, paper.text, paper.vector);
      this.followed = changeNumber;
    }
  }

  private set(key: number, text: string, vector: Float32Array | null): void {
    if (vector && !this.fits(vector.length)) throw new RangeError("vectors: of another length");
    if (vector && this.components === 0) this.components = vector.length;
    // Before the first vector there is nothing to keep: how long they are is not known.
    if (this.components === 0) return;
    this.shelf ??= new VectorShelf(padded(new Float32Array(this.components)).length);
    this.shelf.set(key, { vector: vector && padded(vector), stemLength: fingerprintOf(text) });
  }

  async save(): Promise<void> {
    const { files, shelf, followed } = this;
    if (files.readOnly || !shelf || followed === this.written) return;
    const modelId = this.modelIdFor(this.components);
    await saveShelf(files.folder, shelf, { modelId, dimension: shelf.dimension, changeNumber: followed });
    this.written = followed;
    this.damage = null;
  }

  /** The papers are followed again from the first change; what was made of the same text is kept. */
  restart(): void {
    this.followed = 0;
  }

  /** Reads the files; damaged ones are named and taken away, and all vectors are made again. */
  verify(): string | null {
    const outcome = openShelf(this.files.folder);
    if (!("damage" in outcome)) return null;
    this.damage = outcome.damage;
    if (this.files.readOnly) return outcome.damage;
    clearShelf(this.files.folder);
    Object.assign(this, { shelf: null, components: 0, followed: 0, written: 0 });
    return outcome.damage;
  }
}

function padded(vector: Float32Array): Float32Array {
  const whole = new Float32Array(Math.ceil(vector.length / componentStep) * componentStep);
  whole.set(vector);
  return whole;
}

/** 1 to 2^24, which a number of 32 bits holds exactly: the shelf keeps it where own vectors keep a length. */
function fingerprintOf(text: string): number {
  return 1 + Number.parseInt(sha256Hex(text).slice(0, 6), 16);
}
