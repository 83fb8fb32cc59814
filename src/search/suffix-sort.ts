// Sorts places of a text by what follows them up to a zero byte: multikey quicksort (Bentley and Sedgewick 1997, "Fast
// Algorithms for Sorting and Searching Strings"), in steps, so that it can be spread between queries.

/** Entries sorted between two yields, about. */
const perStep = 8_192;
const small = 12;

/** Sorts `places` in place; equal suffixes by place. Yields between steps. */
export function* sortSuffixes(bytes: Uint8Array, places: Uint32Array): Generator<void> {
  const open: [number, number, number][] = [[0, places.length, 0]];
  let work = 0;
  while (open.length > 0) {
    const [from, to, depth] = open.pop()!;
    if (to - from <= small) insertionSort(bytes, places, from, to, depth);
    else {
      const pivot = byteAt(bytes, places[medianPlace(bytes, places, from, to, depth)]!, depth);
      const [less, more] = partition(bytes, places, from, to, depth, pivot);
      open.push([more, to, depth]);
      // Texts that end here are equal: their places keep them in order.
      if (pivot === 0) places.subarray(less, more).sort();
      else open.push([less, more, depth + 1]);
      open.push([from, less, depth]);
    }
    work += to - from;
    if (work < perStep) continue;
    work = 0;
    yield;
  }
}

function byteAt(bytes: Uint8Array, place: number, depth: number): number {
  return bytes[place + depth] ?? 0;
}

function medianPlace(
  bytes: Uint8Array,
  places: Uint32Array,
  from: number,
  to: number,
  depth: number,
): number {
  const middle = (from + to) >>> 1;
  const [a, b, c] = [from, middle, to - 1].map((at) => byteAt(bytes, places[at]!, depth)) as [
    number,
    number,
    number,
  ];
  if (a < b) return b < c ? middle : a < c ? to - 1 : from;
  return a < c ? from : b < c ? to - 1 : middle;
}

/** Puts those below the pivot first, then the equal ones, then those above; returns where the second and third begin. */
function partition(
  bytes: Uint8Array,
  places: Uint32Array,
  from: number,
  to: number,
  depth: number,
  pivot: number,
): [number, number] {
  let less = from;
  let more = to;
  for (let at = from; at < more; ) {
    const place = places[at]!;
    const byte = byteAt(bytes, place, depth);
    if (byte === pivot) at++;
    else {
      const other = byte < pivot ? less++ : --more;
      places[at] = places[other]!;
      places[other] = place;
      if (byte < pivot) at++;
    }
  }
  return [less, more];
}

function insertionSort(
  bytes: Uint8Array,
  places: Uint32Array,
  from: number,
  to: number,
  depth: number,
): void {
  for (let i = from + 1; i < to; i++) {
    const place = places[i]!;
    let k = i;
    for (; k > from && compareFrom(bytes, place, places[k - 1]!, depth) < 0; k--) places[k] = places[k - 1]!;
    places[k] = place;
  }
}

function compareFrom(bytes: Uint8Array, a: number, b: number, depth: number): number {
  for (let i = depth; ; i++) {
    const difference = byteAt(bytes, a, i) - byteAt(bytes, b, i);
    if (difference !== 0) return difference;
    if (byteAt(bytes, a, i) === 0) return a - b;
  }
}
