// Keys of papers in the order of their places, as runs: keys are handed out one after another and papers mostly stay in that
// order, so that what is known by place is soon told by key, and the other way round, 32 papers at once.
import { addRange, type Bits } from "./bits.ts";
import { IntList } from "./int-list.ts";

export class KeyRuns {
  /** By run: its first place and its first key; a run reaches to the next one's first place. */
  private readonly places = new IntList(1);
  private readonly keys = new IntList(1);

  #largest = -1;

  static of(keys: ArrayLike<number>): KeyRuns {
    const runs = new KeyRuns();
    for (let place = 0; place < keys.length; place++) runs.add(place, keys[place]!);
    return runs;
  }

  /** -1: there are none. */
  get largest(): number {
    return this.#largest;
  }

  /** The key of a place behind all before; places may be left out. Keys are below 2^32. */
  add(place: number, key: number): void {
    if (key > this.#largest) this.#largest = key;
    const last = this.keys.length - 1;
    if (last >= 0 && key - (this.keys.data[last]! >>> 0) === place - this.places.data[last]!) return;
    this.places.push(place);
    this.keys.push(key);
  }

  /** Adds to a set of keys those of the places of another, below `size`; what lies behind the end of either is left out. */
  addKeys(places: Bits, keys: Bits, size: number): void {
    this.visit(size, (place, key, count) => addRange(keys, key, { from: places, at: place, count }));
  }

  /** Adds the places, below `size`, whose keys are in a set; of the places that were left out it may add any. */
  addPlaces(keys: Bits, places: Bits, size: number): void {
    this.visit(size, (place, key, count) => addRange(places, place, { from: keys, at: key, count }));
  }

  private visit(size: number, run: (place: number, key: number, count: number) => void): void {
    const { places, keys } = this;
    for (let i = 0; i < places.length; i++) {
      const place = places.data[i]!;
      const end = i + 1 < places.length ? places.data[i + 1]! : size;
      run(place, keys.data[i]! >>> 0, end - place);
    }
  }
}
