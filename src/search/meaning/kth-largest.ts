// The k-th largest of many numbers without sorting them all: quickselect (Hoare 1961, "Algorithm 65: Find").

/** The k-th largest number, or the smallest where there are fewer; 0 of none. No NaN among them. Leaves `values` as they are. */
export function kthLargest(values: Float32Array, k: number): number {
  if (values.length === 0) return 0;
  const own = values.slice();
  const wanted = Math.min(k, own.length) - 1;
  let low = 0;
  let high = own.length - 1;
  while (low < high) {
    const [left, right] = split(own, low, high);
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return own[wanted]!;
}

/** Moves what is larger than the middle element before what is smaller: low..right and left..high; those between equal it. */
function split(values: Float32Array, low: number, high: number): [left: number, right: number] {
  const pivot = values[(low + high) >>> 1]!;
  let left = low;
  let right = high;
  while (left <= right) {
    while (values[left]! > pivot) left++;
    while (values[right]! < pivot) right--;
    if (left > right) break;
    const kept = values[left]!;
    values[left++] = values[right]!;
    values[right--] = kept;
  }
  return [left, right];
}
