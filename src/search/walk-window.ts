// The window of papers that any-words.ts goes over, in WebAssembly memory: what each scores at most as a whole number of units,
// and the walk over a common word's papers, which takes less than half the time there.
import { createWasmMemory, openWasm, wasmPageBytes } from "../lib/wasm.ts";
import { classBounds } from "./length-classes.ts";
import { firstIn, type PaperTable } from "./paper-table.ts";

/** Papers of a window. */
export const windowSize = 4096;

const source = `
;; sums[paper] += scale * table[class of the paper x 256 + code], for each bit of \`words\` words of 32 papers; codes in their order
(func $addTable (param $bits i32) (param $words i32) (param $scale i32) (param $codes i32) (param $classes i32) (param $sums i32) (param $table i32)
  (local $left i32) (local $paper i32) (local $to i32)
  (loop $nextWord
    (local.set $left (i32.load (local.get $bits)))
    (if (local.get $left)
      (then
        (loop $nextBit
          (local.set $paper (i32.ctz (local.get $left)))
          (local.set $to (i32.add (local.get $sums) (i32.shl (local.get $paper) (i32.const 2))))
          (i32.store (local.get $to) (i32.add (i32.load (local.get $to)) (i32.mul (local.get $scale)
            (i32.load8_u (i32.add (local.get $table) (i32.or
              (i32.shl (i32.load8_u (i32.add (local.get $classes) (local.get $paper))) (i32.const 8))
              (i32.load8_u (local.get $codes))))))))
          (local.set $codes (i32.add (local.get $codes) (i32.const 1)))
          (br_if $nextBit (local.tee $left (i32.and (local.get $left) (i32.sub (local.get $left) (i32.const 1))))))))
    (local.set $bits (i32.add (local.get $bits) (i32.const 4)))
    (local.set $classes (i32.add (local.get $classes) (i32.const 32)))
    (local.set $sums (i32.add (local.get $sums) (i32.const 128)))
    (br_if $nextWord (local.tee $words (i32.sub (local.get $words) (i32.const 1))))))

;; makes the sums 0 that are not above \`below\`; returns how many are
(func $dropBelow (param $sums i32) (param $below i32) (result i32)
  (local $left i32) (local $kept v128) (local $belows v128) (local $count v128)
  (local.set $left (i32.const ${windowSize}))
  (local.set $belows (i32x4.splat (local.get $below)))
  (loop $next
    (local.set $kept (i32x4.gt_s (v128.load (local.get $sums)) (local.get $belows)))
    (local.set $count (i32x4.sub (local.get $count) (local.get $kept)))
    (v128.store (local.get $sums) (v128.and (v128.load (local.get $sums)) (local.get $kept)))
    (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
    (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 4)))))
  (i32.add (i32.add (i32x4.extract_lane 0 (local.get $count)) (i32x4.extract_lane 1 (local.get $count)))
           (i32.add (i32x4.extract_lane 2 (local.get $count)) (i32x4.extract_lane 3 (local.get $count)))))

;; the same, and writes those that are above, in order
(func $listAbove (param $sums i32) (param $below i32) (param $to i32) (result i32)
  (local $paper i32) (local $start i32) (local $bits i32) (local $kept v128) (local $belows v128)
  (local.set $start (local.get $to))
  (local.set $belows (i32x4.splat (local.get $below)))
  (loop $next
    (local.set $kept (i32x4.gt_s (v128.load (local.get $sums)) (local.get $belows)))
    (v128.store (local.get $sums) (v128.and (v128.load (local.get $sums)) (local.get $kept)))
    (local.set $bits (i32x4.bitmask (local.get $kept)))
    (if (local.get $bits)
      (then
        (loop $nextBit
          (i32.store (local.get $to) (i32.add (local.get $paper) (i32.ctz (local.get $bits))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $nextBit (local.tee $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))))))
    (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
    (br_if $next (i32.lt_s (local.tee $paper (i32.add (local.get $paper) (i32.const 4))) (i32.const ${windowSize}))))
  (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 2)))`;

interface Kernels {
  addTable(
    bits: number,
    words: number,
    scale: number,
    codes: number,
    classes: number,
    sums: number,
    table: number,
  ): void;
  dropBelow(sums: number, below: number): number;
  listAbove(sums: number, below: number, to: number): number;
}

/** Where the parts lie. */
const at = { table: 0, sums: 65_536, touched: 0, codes: 0, classes: 0, bits: 0, end: 0 };
at.touched = at.sums + 4 * windowSize;
at.codes = at.touched + 4 * (windowSize + 1);
at.classes = at.codes + windowSize;
at.bits = at.classes + windowSize;
at.end = at.bits + windowSize / 8;

/** A word that is walked: its table and, beside it, packed frequencies. */
export interface WalkedTable {
  table: PaperTable;
  codes: Uint8Array;
}

export class WalkWindow {
  /** By paper of the window; all 0 between windows. */
  readonly sums: Int32Array;
  /** Papers of the window, as many as were counted; one more may be written than there are. */
  readonly touched: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly bits: Uint32Array;
  private readonly kernels: Kernels;
  private classes: Uint8Array = new Uint8Array(0);
  /** Where the window begins whose classes are in the memory. */
  private entered = -1;

  private constructor() {
    const pages = Math.ceil(at.end / wasmPageBytes);
    const limits = { minPages: pages, maxPages: pages, shared: false };
    const memory = createWasmMemory(limits);
    this.kernels = openWasm<Kernels>(source, memory, limits);
    this.sums = new Int32Array(memory.buffer, at.sums, windowSize);
    this.touched = new Int32Array(memory.buffer, at.touched, windowSize + 1);
    this.bits = new Uint32Array(memory.buffer, at.bits, windowSize / 32);
    this.bytes = new Uint8Array(memory.buffer);
    this.bytes.set(classBounds, at.table);
  }

  private static made: WalkWindow | null = null;

  /** Of one query at a time: made once. `classes`: length classes of the segment's papers. */
  static open(classes: Uint8Array): WalkWindow {
    WalkWindow.made ??= new WalkWindow();
    const { made } = WalkWindow;
    made.classes = classes;
    made.entered = -1;
    return made;
  }

  /** How many papers of the window from `base` on hold the word. */
  countIn({ table, codes }: WalkedTable, base: number): number {
    const to = (base + windowSize) >>> 5;
    const end = to < table.bits.length ? firstIn(table, to) : codes.length;
    return end - firstIn(table, base >>> 5);
  }

  /** Adds the bounds of a common word in the window from `base` on, in units of `scale`; returns how many papers hold it there. */
  addTable(word: WalkedTable, base: number, scale: number): number {
    if (this.entered !== base) this.enter(base);
    const { bits } = word.table;
    const from = base >>> 5;
    const words = Math.min(bits.length - from, windowSize >>> 5);
    const first = firstIn(word.table, from);
    const count = this.countIn(word, base);
    this.bits.set(bits.subarray(from, from + words));
    this.bytes.set(word.codes.subarray(first, first + count), at.codes);
    this.kernels.addTable(at.bits, words, scale, at.codes, at.classes, at.sums, at.table);
    return count;
  }

  private enter(base: number): void {
    this.bytes.set(this.classes.subarray(base, base + windowSize), at.classes);
    this.entered = base;
  }

  /** Forgets the papers whose sum is below `least`; returns how many are left. */
  drop(least: number): number {
    return this.kernels.dropBelow(at.sums, Math.max(0, least - 1));
  }

  /** The same, and lists those that are left as touched. */
  list(least: number): number {
    return this.kernels.listAbove(at.sums, Math.max(0, least - 1), at.touched);
  }
}
