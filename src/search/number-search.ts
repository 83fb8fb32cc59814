// Looking for numbers in tables of them: the largest of a range, the first that is not below.

/**
 * Of the places `first` to `last` (not included) those of the largest numbers, largest first, equal ones in their order; sorting
 * all would cost more.
 */
export function pickLargest(
  numbers: Uint32Array,
  { first, last, limit }: { first: number; last: number; limit: number },
): number[] {
  const picked: number[] = [];
  for (let at = first; at < last; at++) {
    const own = numbers[at]!;
    if (picked.length === limit && own <= numbers[picked[limit - 1]!]!) continue;
    const place = lowerBound(picked.length, (i) => numbers[picked[i]!]! >= own);
    picked.splice(place, 0, at);
    if (picked.length > limit) picked.pop();
  }
  return picked;
}

/** First of 0..size for which `isBelow` is false. */
export function lowerBound(size: number, isBelow: (at: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
