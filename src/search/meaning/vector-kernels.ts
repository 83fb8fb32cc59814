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

const get = (name: string) => `(local.get $${name})`;
/** Both swizzles give the same below sixteen; the relaxed one needs no instruction to make sure of that. */
const chosen = (entries: string) => `(i8x16.relaxed_swizzle (v128.load ${entries}`;

/** Adds the sums that byte `byte` of the sixteen documents chooses to the running bytes `$s`, or begins with them. */
const lookUp = (byte: number, begins: boolean): string => {
  const low = `${chosen(`offset=${byte * 32} ${get("tables")}`)}) (v128.and ${get("x")} ${get("lowBits")}))`;
  const high = `${chosen(`offset=${byte * 32 + 16} ${get("tables")}`)}) (v128.and (i16x8.shr_u ${get("x")} (i32.const 4)) ${get("lowBits")}))`;
  return `
    (local.set $x (v128.load offset=${byte * blockDocs} ${get("codes")}))
    (local.set $s ${begins ? low : `(i8x16.add ${get("s")} ${low})`})
    (local.set $s (i8x16.add ${get("s")} ${high}))`;
};

const estimate = (dimension: number): string => `
;; to[doc] (u16) = sum of the table entries that the document's signs choose, for \`blocks\` blocks of sixteen
(func $estimate (param $codes i32) (param $tables i32) (param $to i32) (param $blocks i32)
  (local $x v128) (local $s v128) (local $even v128) (local $odd v128) (local $lowBits v128)
  (local.set $lowBits (i8x16.splat (i32.const 15)))
  (loop $next
    (local.set $even (i8x16.splat (i32.const 0)))
    (local.set $odd (i8x16.splat (i32.const 0)))
    ${Array.from({ length: dimension / 16 }, (_, pair) => {
      // Two bytes are four entries of at most 63: a byte holds their sum. Taken as pairs of documents, 256 times the odd
      // one's sum is in $even too, until the end.
      return `${lookUp(2 * pair, true)}${lookUp(2 * pair + 1, false)}
    (local.set $even (i16x8.add ${get("even")} ${get("s")}))
    (local.set $odd (i16x8.add ${get("odd")} (i16x8.shr_u ${get("s")} (i32.const 8))))`;
    }).join("\n    ")}
    (local.set $even (i16x8.sub ${get("even")} (i16x8.shl ${get("odd")} (i32.const 8))))
    (v128.store ${get("to")} (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 ${get("even")} ${get("odd")}))
    (v128.store offset=16 ${get("to")} (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 ${get("even")} ${get("odd")}))
    (local.set $to (i32.add ${get("to")} (i32.const 32)))
    (local.set $codes (i32.add ${get("codes")} (i32.const ${(dimension / 8) * blockDocs})))
    (br_if $next (local.tee $blocks (i32.sub ${get("blocks")} (i32.const 1))))))`;

/** Which of the sixteen estimates at $from reach $leasts, a bit each. */
const reaching = `(i8x16.bitmask (i8x16.narrow_i16x8_s
      (i16x8.ge_u (v128.load (local.get $from)) (local.get $leasts))
      (i16x8.ge_u (v128.load offset=16 (local.get $from)) (local.get $leasts))))`;

const countEstimates = `
;; counts[from[i]] += 1 for the documents of those of \`blocks\` blocks of sixteen in which one reaches \`least\`; a block is \`step\`
;; bytes behind the one before, counts are i32, from is u16
(func $countEstimates (param $from i32) (param $blocks i32) (param $step i32) (param $least i32) (param $counts i32)
  (local $slot i32) (local $leasts v128)
  (local.set $leasts (i16x8.splat (local.get $least)))
  (loop $next
    (if ${reaching}
      (then
        ${Array.from(
          { length: blockDocs },
          (_, doc) => `
        (local.set $slot (i32.add ${get("counts")} (i32.shl (i32.load16_u offset=${2 * doc} ${get("from")}) (i32.const 2))))
        (i32.store ${get("slot")} (i32.add (i32.load ${get("slot")}) (i32.const 1)))`,
        ).join("")}))
    (local.set $from (i32.add ${get("from")} ${get("step")}))
    (br_if $next (local.tee $blocks (i32.sub ${get("blocks")} (i32.const 1))))))`;

const collectAbove = `
;; writes the places i (i32) with from[i] >= least, in order, for \`blocks\` blocks of sixteen; returns how many
(func $collectAbove (param $from i32) (param $blocks i32) (param $least i32) (param $to i32) (result i32)
  (local $place i32) (local $start i32) (local $bits i32) (local $leasts v128)
  (local.set $start (local.get $to))
  (local.set $leasts (i16x8.splat (local.get $least)))
  (loop $next
    (local.set $bits ${reaching})
    (if (local.get $bits)
      (then
        (loop $nextBit
          (i32.store (local.get $to) (i32.add (local.get $place) (i32.ctz (local.get $bits))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $nextBit (local.tee $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))))))
    (local.set $from (i32.add (local.get $from) (i32.const 32)))
    (local.set $place (i32.add (local.get $place) (i32.const 16)))
    (br_if $next (local.tee $blocks (i32.sub (local.get $blocks) (i32.const 1)))))
  (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 2)))`;

const keepSet = `
;; estimates (u16) become 0 of documents whose bit is not set, for \`blocks\` blocks of sixteen; \`lanes\`: the sixteen powers of two
(func $keepSet (param $estimates i32) (param $bits i32) (param $lanes i32) (param $blocks i32)
  (local $bit v128) (local $low v128) (local $high v128)
  (local.set $low (v128.load (local.get $lanes)))
  (local.set $high (v128.load offset=16 (local.get $lanes)))
  (loop $next
    (local.set $bit (i16x8.splat (i32.load16_u (local.get $bits))))
    (v128.store (local.get $estimates) (v128.and (v128.load (local.get $estimates))
      (i16x8.ge_u (v128.and (local.get $bit) (local.get $low)) (local.get $low))))
    (v128.store offset=16 (local.get $estimates) (v128.and (v128.load offset=16 (local.get $estimates))
      (i16x8.ge_u (v128.and (local.get $bit) (local.get $high)) (local.get $high))))
    (local.set $estimates (i32.add (local.get $estimates) (i32.const 32)))
    (local.set $bits (i32.add (local.get $bits) (i32.const 2)))
    (br_if $next (local.tee $blocks (i32.sub (local.get $blocks) (i32.const 1))))))`;

const widenQuery = (dimension: number): string => `
;; the query's bytes as words
(func $widenQuery (param $query i32) (param $words i32)
  ${Array.from(
    { length: dimension / 16 },
    (_, part) => `
  (v128.store offset=${part * 32} ${get("words")} (i16x8.extend_low_i8x16_s (v128.load offset=${part * 16} ${get("query")})))
  (v128.store offset=${part * 32 + 16} ${get("words")} (i16x8.extend_high_i8x16_s (v128.load offset=${part * 16} ${get("query")})))`,
  ).join("")})`;

const dotWords = (dimension: number): string => `
;; sum of a[i]*b[i], signed bytes and words
(func $dotWords (param $a i32) (param $b i32) (result i32)
  (local $s v128) (local $t v128) (local $x v128)
  ${Array.from(
    { length: dimension / 16 },
    (_, part) => `
  (local.set $x (v128.load offset=${part * 16} ${get("a")}))
  (local.set $s (i32x4.add ${get("s")} (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s ${get("x")}) (v128.load offset=${part * 32} ${get("b")}))))
  (local.set $t (i32x4.add ${get("t")} (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s ${get("x")}) (v128.load offset=${part * 32 + 16} ${get("b")}))))`,
  ).join("")}
  (local.set $s (i32x4.add ${get("s")} ${get("t")}))
  (i32.add (i32.add (i32x4.extract_lane 0 (local.get $s)) (i32x4.extract_lane 1 (local.get $s)))
           (i32.add (i32x4.extract_lane 2 (local.get $s)) (i32x4.extract_lane 3 (local.get $s)))))`;

const rowOf = (places: string, dimension: number) =>
  `(i32.add (local.get $rows) (i32.mul (i32.load ${places}) (i32.const ${dimension})))`;

const dotList = (dimension: number): string => `
;; to[i] (f32) = dot(rows[places[i]], query) * factors[places[i]]; the query as words. Rows lie far apart: those of the next
;; few are asked for together before any is multiplied, so that memory is waited for once and not for each
(func $dotList (param $rows i32) (param $factors i32) (param $query i32) (param $places i32) (param $to i32) (param $n i32)
  (local $place i32) (local $few i32) (local $left i32) (local $at i32)
  (loop $nextFew
    (local.set $few (select (local.get $n) (i32.const 16) (i32.lt_s (local.get $n) (i32.const 16))))
    (local.set $left (local.get $few))
    (local.set $at (local.get $places))
    (loop $nextTouch
      (local.set $place ${rowOf("(local.get $at)", dimension)})
      ${Array.from({ length: Math.ceil(dimension / 64) }, (_, line) => `(drop (i32.load8_u offset=${line * 64} (local.get $place)))`).join("\n      ")}
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $nextTouch (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (local.set $n (i32.sub (local.get $n) (local.get $few)))
    (loop $next
      (local.set $place (i32.load (local.get $places)))
      (f32.store (local.get $to) (f32.mul
        (f32.convert_i32_s (call $dotWords (i32.add (local.get $rows) (i32.mul (local.get $place) (i32.const ${dimension}))) (local.get $query)))
        (f32.load (i32.add (local.get $factors) (i32.shl (local.get $place) (i32.const 2))))))
      (local.set $places (i32.add (local.get $places) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br_if $next (local.tee $few (i32.sub (local.get $few) (i32.const 1)))))
    (br_if $nextFew (local.get $n))))`;

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
    keepSet,
    countEstimates,
    collectAbove,
    widenQuery(dimension),
    dotWords(dimension),
    dotList(dimension),
    writeSigns(dimension),
  ].join("\n");
}

/** The functions of `vectorSource` as instantiated; pointers are byte offsets. All counts at least 1. */
export interface VectorKernels {
  estimate(codes: number, tables: number, to: number, blocks: number): void;
  keepSet(estimates: number, bits: number, lanes: number, blocks: number): void;
  countEstimates(from: number, blocks: number, step: number, least: number, counts: number): void;
  collectAbove(from: number, blocks: number, least: number, to: number): number;
  widenQuery(query: number, words: number): void;
  dotList(rows: number, factors: number, query: number, places: number, to: number, n: number): void;
  writeSigns(rows: number, codes: number, place: number, n: number): void;
}
