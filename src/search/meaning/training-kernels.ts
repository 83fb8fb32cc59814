// The arithmetic of training as WebAssembly SIMD source: matrix product, pooling of rows, softmax, Adam.
// Plain multiply and add only (no relaxed or fused instructions), so that every machine computes the same bits.
// All pointers are byte offsets into one memory, aligned to 16; `d` and counts are numbers of floats, multiples of 4.

const rows = [0, 1, 2, 3];
const halves = [0, 1];
const accumulators = rows.flatMap((r) => halves.map((h) => `$c${r}${h}`));

/** One 4 x 8 tile: C += A·B over `depth`, A and B packed (4 and 8 floats a step). */
const multiplyPanels = `
;; C[0..4*panels)[0..8) += A·B; A in \`panels\` panels of depth x 4, B one panel of depth x 8; stride of C in bytes
(func $multiplyPanels (param $a i32) (param $b i32) (param $c i32) (param $stride i32) (param $depth i32) (param $panels i32)
  (local $p i32) (local $k i32) (local $row i32) (local $x v128) (local $b0 v128) (local $b1 v128)
  ${accumulators.map((name) => `(local ${name} v128)`).join(" ")}
  (loop $next
    (local.set $p (local.get $b)) (local.set $k (local.get $depth))
    (local.set $row (local.get $c))
    ${rows
      .map(
        (r) => `(local.set $c${r}0 (v128.load (local.get $row)))
    (local.set $c${r}1 (v128.load offset=16 (local.get $row)))
    (local.set $row (i32.add (local.get $row) (local.get $stride)))`,
      )
      .join("\n    ")}
    (loop $deep
      (local.set $b0 (v128.load (local.get $p)))
      (local.set $b1 (v128.load offset=16 (local.get $p)))
      ${rows
        .map(
          (r) => `(local.set $x (v128.load32_splat offset=${4 * r} (local.get $a)))
      (local.set $c${r}0 (f32x4.add (local.get $c${r}0) (f32x4.mul (local.get $x) (local.get $b0))))
      (local.set $c${r}1 (f32x4.add (local.get $c${r}1) (f32x4.mul (local.get $x) (local.get $b1))))`,
        )
        .join("\n      ")}
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $p (i32.add (local.get $p) (i32.const 32)))
      (br_if $deep (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
    (local.set $row (local.get $c))
    ${rows
      .map(
        (r) => `(v128.store (local.get $row) (local.get $c${r}0))
    (v128.store offset=16 (local.get $row) (local.get $c${r}1))
    (local.set $row (i32.add (local.get $row) (local.get $stride)))`,
      )
      .join("\n    ")}
    (local.set $c (local.get $row))
    (br_if $next (local.tee $panels (i32.sub (local.get $panels) (i32.const 1))))))`;

/** Copies a block of a strided matrix into panels of `width` rows (or columns), `depth` steps each. */
const packPanels = `
;; to[panel][k][lane] = from[(panel*width+lane)*across + k*along]; strides in bytes
(func $packPanels (param $to i32) (param $from i32) (param $across i32) (param $along i32) (param $width i32) (param $depth i32) (param $panels i32)
  (local $k i32) (local $lane i32) (local $at i32) (local $start i32)
  (loop $next
    (local.set $k (local.get $depth)) (local.set $start (local.get $from))
    (loop $deep
      (local.set $lane (local.get $width)) (local.set $at (local.get $start))
      (loop $lanes
        (f32.store (local.get $to) (f32.load (local.get $at)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $at (i32.add (local.get $at) (local.get $across)))
        (br_if $lanes (local.tee $lane (i32.sub (local.get $lane) (i32.const 1)))))
      (local.set $start (i32.add (local.get $start) (local.get $along)))
      (br_if $deep (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
    (local.set $from (i32.add (local.get $from) (i32.mul (local.get $across) (local.get $width))))
    (br_if $next (local.tee $panels (i32.sub (local.get $panels) (i32.const 1))))))`;

const addScaled = `
;; to[0..d) += w * from[0..d)
(func $addScaled (param $to i32) (param $from i32) (param $w f32) (param $d i32)
  (local $x v128)
  (local.set $x (f32x4.splat (local.get $w)))
  (loop $next
    (v128.store (local.get $to) (f32x4.add (v128.load (local.get $to)) (f32x4.mul (local.get $x) (v128.load (local.get $from)))))
    (v128.store offset=16 (local.get $to) (f32x4.add (v128.load offset=16 (local.get $to)) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $from)))))
    (local.set $to (i32.add (local.get $to) (i32.const 32)))
    (local.set $from (i32.add (local.get $from) (i32.const 32)))
    (br_if $next (local.tee $d (i32.sub (local.get $d) (i32.const 8))))))`;

const dot = `
;; sum of a[i]*b[i], four partial sums
(func $dot (param $a i32) (param $b i32) (param $d i32) (result f32)
  (local $s v128)
  (loop $next
    (local.set $s (f32x4.add (local.get $s) (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))
    (local.set $a (i32.add (local.get $a) (i32.const 16)))
    (local.set $b (i32.add (local.get $b) (i32.const 16)))
    (br_if $next (local.tee $d (i32.sub (local.get $d) (i32.const 4)))))
  (f32.add (f32.add (f32x4.extract_lane 0 (local.get $s)) (f32x4.extract_lane 1 (local.get $s)))
           (f32.add (f32x4.extract_lane 2 (local.get $s)) (f32x4.extract_lane 3 (local.get $s)))))`;

// exp(x) = 2^n · e^r with |r| <= ln2/2; e^r by its Taylor polynomial to r^6 (error below 2e-7), 2^n by the exponent bits.
const expTerms = [1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1];
const splat = (value: number) => `(f32x4.splat (f32.const ${value}))`;
const exponentials = `
;; at[i] = exp(at[i] * scale), |at[i]*scale| <= 80; returns the sum
(func $exponentials (param $at i32) (param $scale f32) (param $n i32) (result f32)
  (local $s v128) (local $x v128) (local $k v128) (local $r v128) (local $y v128)
  (loop $next
    (local.set $x (f32x4.mul (v128.load (local.get $at)) (f32x4.splat (local.get $scale))))
    (local.set $k (f32x4.nearest (f32x4.mul (local.get $x) ${splat(Math.LOG2E)})))
    (local.set $r (f32x4.sub (local.get $x) (f32x4.mul (local.get $k) ${splat(0.693359375)})))
    (local.set $r (f32x4.add (local.get $r) (f32x4.mul (local.get $k) ${splat(2.1219444e-4)})))
    (local.set $y ${splat(expTerms[0]!)})
    ${expTerms
      .slice(1)
      .map((term) => `(local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $r)) ${splat(term)}))`)
      .join("\n    ")}
    (local.set $y (f32x4.mul (local.get $y)
      (i32x4.shl (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $k)) (i32x4.splat (i32.const 127))) (i32.const 23))))
    (v128.store (local.get $at) (local.get $y))
    (local.set $s (f32x4.add (local.get $s) (local.get $y)))
    (local.set $at (i32.add (local.get $at) (i32.const 16)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 4)))))
  (f32.add (f32.add (f32x4.extract_lane 0 (local.get $s)) (f32x4.extract_lane 1 (local.get $s)))
           (f32.add (f32x4.extract_lane 2 (local.get $s)) (f32x4.extract_lane 3 (local.get $s)))))`;

const softmaxGradient = `
;; at[j] = at[j] * (rowPart + columnParts[j])
(func $weightRow (param $at i32) (param $rowPart f32) (param $columnParts i32) (param $n i32)
  (local $r v128)
  (local.set $r (f32x4.splat (local.get $rowPart)))
  (loop $next
    (v128.store (local.get $at) (f32x4.mul (v128.load (local.get $at)) (f32x4.add (local.get $r) (v128.load (local.get $columnParts)))))
    (local.set $at (i32.add (local.get $at) (i32.const 16)))
    (local.set $columnParts (i32.add (local.get $columnParts) (i32.const 16)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 4))))))`;

const adamRow = `
;; Adam (Kingma and Ba 2015) on one row; the gradient is read and cleared. \`fix1\`, \`fix2\`: bias corrections 1/(1-b^t)
(func $adamRow (param $row i32) (param $m i32) (param $v i32) (param $g i32) (param $rate f32) (param $b1 f32) (param $b2 f32) (param $fix1 f32) (param $fix2 f32) (param $d i32)
  (local $x v128) (local $nm v128) (local $nv v128)
  (loop $next
    (local.set $x (v128.load (local.get $g)))
    (v128.store (local.get $g) ${splat(0)})
    (local.set $nm (f32x4.add (f32x4.mul (f32x4.splat (local.get $b1)) (v128.load (local.get $m)))
      (f32x4.mul (f32x4.splat (f32.sub (f32.const 1) (local.get $b1))) (local.get $x))))
    (local.set $nv (f32x4.add (f32x4.mul (f32x4.splat (local.get $b2)) (v128.load (local.get $v)))
      (f32x4.mul (f32x4.splat (f32.sub (f32.const 1) (local.get $b2))) (f32x4.mul (local.get $x) (local.get $x)))))
    (v128.store (local.get $m) (local.get $nm))
    (v128.store (local.get $v) (local.get $nv))
    (v128.store (local.get $row) (f32x4.sub (v128.load (local.get $row))
      (f32x4.div (f32x4.mul (f32x4.splat (f32.mul (local.get $rate) (local.get $fix1))) (local.get $nm))
        (f32x4.add (f32x4.sqrt (f32x4.mul (f32x4.splat (local.get $fix2)) (local.get $nv))) ${splat(1e-8)}))))
    (local.set $row (i32.add (local.get $row) (i32.const 16)))
    (local.set $m (i32.add (local.get $m) (i32.const 16)))
    (local.set $v (i32.add (local.get $v) (i32.const 16)))
    (local.set $g (i32.add (local.get $g) (i32.const 16)))
    (br_if $next (local.tee $d (i32.sub (local.get $d) (i32.const 4))))))`;

export const trainingSource = [
  multiplyPanels,
  packPanels,
  addScaled,
  dot,
  exponentials,
  softmaxGradient,
  adamRow,
].join("\n");

/** The functions of `trainingSource` as instantiated. */
export interface TrainingKernels {
  multiplyPanels(a: number, b: number, c: number, strideBytes: number, depth: number, panels: number): void;
  packPanels(
    to: number,
    from: number,
    across: number,
    along: number,
    width: number,
    depth: number,
    panels: number,
  ): void;
  /** d a multiple of 8. */
  addScaled(to: number, from: number, weight: number, d: number): void;
  dot(a: number, b: number, d: number): number;
  exponentials(at: number, scale: number, n: number): number;
  weightRow(at: number, rowPart: number, columnParts: number, n: number): void;
  adamRow(
    row: number,
    m: number,
    v: number,
    gradient: number,
    rate: number,
    b1: number,
    b2: number,
    fix1: number,
    fix2: number,
    d: number,
  ): void;
}
