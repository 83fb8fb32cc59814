// Where each paper stands, by its key: pages of numbers, because keys are handed out one after another. A paper costs four
// bytes where a Map costs ten times that, and nothing is ever moved to make room.

const pageSize = 512;
/** Places are kept one higher, so that a fresh page holds none. */
const none = 0;

export class KeyPlaces {
  private readonly pages = new Map<number, Int32Array>();
  #size = 0;

  /** Keys that have a place. */
  get size(): number {
    return this.#size;
  }

  /** -1 when the key has none. */
  get(key: number): number {
    const page = this.pages.get(Math.floor(key / pageSize));
    return page === undefined ? -1 : page[key % pageSize]! - 1;
  }

  /** `key` is a whole number from 0, `place` one from 0 below 2^31 - 1. */
  set(key: number, place: number): void {
    const number = Math.floor(key / pageSize);
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Int32Array(pageSize);
      this.pages.set(number, page);
    }
    if (page[key % pageSize] === none) this.#size++;
    page[key % pageSize] = place + 1;
  }

  /** Harmless when the key has no place. */
  delete(key: number): void {
    const page = this.pages.get(Math.floor(key / pageSize));
    if (page === undefined || page[key % pageSize] === none) return;
    page[key % pageSize] = none;
    this.#size--;
  }
}
