// The scan over document vectors as WebAssembly SIMD source, for one dimension (a multiple of 32).
//
// First stage: the sign of each component, one bit; four bits choose one of 16 precomputed sums of the query's components
// ("fast scan": André, Kermarrec and Le Scouarnec 2015, "Cache locality is not enough"), so that sixteen documents are
// compared at once. The signs of blocks of sixteen documents are interleaved: byte b of all sixteen stand together.
// Second stage: products of bytes.

/** Documents whose signs are interleaved. */
export const blockDocs = 16;
/** Largest table entry: four of them still fit in a byte. */
export const largestEntry = 63;

const lowBits = "(i8x16.splat (i32.const 15))";

/** Adds the sums that byte `byte` of the sixteen documents chooses to the running bytes `$s`. */
const lookUp = (byte: number): string => `
    (local.set $x (v128.load offset=${byte * blockDocs} (local.get $codes)))
    (local.set $s (i8x16.add (local.get $s) (i8x16.swizzle (v128.load offset=${byte * 32} (local.get $tables)) (v128.and (local.get $x) ${lowBits}))))
    (local.set $s (i8x16.add (local.get $s) (i8x16.swizzle (v128.load offset=${byte * 32 + 16} (local.get $tables)) (i8x16.shr_u (local.get $x) (i32.const 4)))))`;

const estimate = (dimension: number): string => `
;; to[doc] (u16) = sum of the table entries that the document's signs choose, for \`blocks\` blocks of sixteen
(func $estimate (param $codes i32) (param $tables i32) (param $to i32) (param $blocks i32)
  (local $x v128) (local $s v128) (local $low v128) (local $high v128)
  (loop $next
    (local.set $low (i8x16.splat (i32.const 0)))
    (local.set $high (i8x16.splat (i32.const 0)))
    ${Array.from({ length: dimension / 16 }, (_, pair) => {
      // Two bytes are four entries of at most 63: a byte holds their sum; then it is widened.
      return `(local.set $s (i8x16.splat (i32.const 0)))${lookUp(2 * pair)}${lookUp(2 * pair + 1)}
    (local.set $low (i16x8.add (local.get $low) (i16x8.extend_low_i8x16_u (local.get $s))))
    (local.set $high (i16x8.add (local.get $high) (i16x8.extend_high_i8x16_u (local.get $s))))`;
    }).join("\n    ")}
    (v128.store (local.get $to) (local.get $low))
    (v128.store offset=16 (local.get $to) (local.get $high))
    (local.set $to (i32.add (local.get $to) (i32.const 32)))
    (local.set $codes (i32.add (local.get $codes) (i32.const ${(dimension / 8) * blockDocs})))
    (br_if $next (local.tee $blocks (i32.sub (local.get $blocks) (i32.const 1))))))`;

const countEstimates = `
;; counts[from[i]] += 1; counts are i32, from is u16
(func $countEstimates (param $from i32) (param $n i32) (param $counts i32)
  (local $slot i32)
  (loop $next
    (local.set $slot (i32.add (local.get $counts) (i32.shl (i32.load16_u (local.get $from)) (i32.const 2))))
    (i32.store (local.get $slot) (i32.add (i32.load (local.get $slot)) (i32.const 1)))
    (local.set $from (i32.add (local.get $from) (i32.const 2)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`;

const collectAbove = `
;; writes the places i (i32) with from[i] >= least, in order; returns how many
(func $collectAbove (param $from i32) (param $n i32) (param $least i32) (param $to i32) (result i32)
  (local $i i32) (local $start i32)
  (local.set $start (local.get $to))
  (loop $next
    (if (i32.ge_s (i32.load16_u (local.get $from)) (local.get $least))
      (then
        (i32.store (local.get $to) (local.get $i))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))))
    (local.set $from (i32.add (local.get $from) (i32.const 2)))
    (br_if $next (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
  (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 2)))`;

const dotBytes = (dimension: number): string => `
;; sum of a[i]*b[i], signed bytes
(func $dotBytes (param $a i32) (param $b i32) (result i32)
  (local $s v128) (local $x v128) (local $y v128)
  ${Array.from(
    { length: dimension / 16 },
    (_, part) => `
  (local.set $x (v128.load offset=${part * 16} (local.get $a)))
  (local.set $y (v128.load offset=${part * 16} (local.get $b)))
  (local.set $s (i32x4.add (local.get $s) (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $x)) (i16x8.extend_low_i8x16_s (local.get $y)))))
  (local.set $s (i32x4.add (local.get $s) (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $x)) (i16x8.extend_high_i8x16_s (local.get $y)))))`,
  ).join("")}
  (i32.add (i32.add (i32x4.extract_lane 0 (local.get $s)) (i32x4.extract_lane 1 (local.get $s)))
           (i32.add (i32x4.extract_lane 2 (local.get $s)) (i32x4.extract_lane 3 (local.get $s)))))`;

const dotList = (dimension: number): string => `
;; to[i] (f32) = dot(rows[places[i]], query) * factors[places[i]]
(func $dotList (param $rows i32) (param $factors i32) (param $query i32) (param $places i32) (param $to i32) (param $n i32)
  (local $place i32)
  (loop $next
    (local.set $place (i32.load (local.get $places)))
    (f32.store (local.get $to) (f32.mul
      (f32.convert_i32_s (call $dotBytes (i32.add (local.get $rows) (i32.mul (local.get $place) (i32.const ${dimension}))) (local.get $query)))
      (f32.load (i32.add (local.get $factors) (i32.shl (local.get $place) (i32.const 2))))))
    (local.set $places (i32.add (local.get $places) (i32.const 4)))
    (local.set $to (i32.add (local.get $to) (i32.const 4)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`;

const writeSigns = (dimension: number): string => `
;; signs of the \`n\` rows at \`rows\`, the first of them document \`place\`, among the interleaved codes
(func $writeSigns (param $rows i32) (param $codes i32) (param $place i32) (param $n i32)
  (local $to i32) (local $bits i32)
  (loop $next
    (local.set $to (i32.add (local.get $codes) (i32.add
      (i32.mul (i32.shr_u (local.get $place) (i32.const 4)) (i32.const ${(dimension / 8) * blockDocs}))
      (i32.and (local.get $place) (i32.const ${blockDocs - 1})))))
    ${Array.from(
      { length: dimension / 16 },
      (_, pair) => `
    (local.set $bits (i8x16.bitmask (i8x16.gt_s (v128.load offset=${pair * 16} (local.get $rows)) (i8x16.splat (i32.const 0)))))
    (i32.store8 offset=${2 * pair * blockDocs} (local.get $to) (local.get $bits))
    (i32.store8 offset=${(2 * pair + 1) * blockDocs} (local.get $to) (i32.shr_u (local.get $bits) (i32.const 8)))`,
    ).join("")}
    (local.set $rows (i32.add (local.get $rows) (i32.const ${dimension})))
    (local.set $place (i32.add (local.get $place) (i32.const 1)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`;

export function vectorSource(dimension: number): string {
  return [
    estimate(dimension),
    countEstimates,
    collectAbove,
    dotBytes(dimension),
    dotList(dimension),
    writeSigns(dimension),
  ].join("\n");
}

/** The functions of `vectorSource` as instantiated; pointers are byte offsets. All counts at least 1. */
export interface VectorKernels {
  estimate(codes: number, tables: number, to: number, blocks: number): void;
  countEstimates(from: number, n: number, counts: number): void;
  collectAbove(from: number, n: number, least: number, to: number): number;
  dotBytes(a: number, b: number): number;
  dotList(rows: number, factors: number, query: number, places: number, to: number, n: number): void;
  writeSigns(rows: number, codes: number, place: number, n: number): void;
}
