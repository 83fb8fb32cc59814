// The phrases of a model by the rows of their two stems: asked for every pair of words of every text.

/** Slots for each phrase: most pairs are no phrase, and must come upon an empty slot soon. */
const slotsPerPhrase = 4;
const none = -1;

/** Open addressing with numbers alone: a `Map` of keys this large keeps them as objects. */
export class PhraseTable {
  /** By slot: the key, and the row; `none` where the slot is empty. */
  private readonly keys: Uint32Array;
  private readonly rows: Int32Array;
  private readonly shift: number;

  /** Keys below 2^32; of equal ones the last counts. */
  constructor(entries: readonly (readonly [key: number, row: number])[]) {
    const bits = Math.max(1, Math.ceil(Math.log2(slotsPerPhrase * Math.max(1, entries.length))));
    this.keys = new Uint32Array(1 << bits);
    this.rows = new Int32Array(1 << bits).fill(none);
    this.shift = 32 - bits;
    for (const [key, row] of entries) {
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.rows[slot] = row;
    }
  }

  /** Row of the phrase of this key (vocabulary.ts). */
  get(key: number): number | undefined {
    const row = this.rows[this.slotOf(key)]!;
    return row === none ? undefined : row;
  }

  /** Where the key stands, or would. */
  private slotOf(key: number): number {
    const { keys, rows } = this;
    const mask = keys.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> this.shift;
    while (rows[slot] !== none && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }
}
