// How many papers of a set each group has, counted in WebAssembly: a third of what it costs outside.
import { createWasmMemory, openWasm, wasmPageBytes } from "../lib/wasm.ts";
import { type Bits, countBits } from "./bits.ts";

const source = `
;; counts[groups[paper]] += step, for each bit that is not \`passed\` (0 or -1) of \`words\` words of 32 papers
(func $count (param $bits i32) (param $words i32) (param $passed i32) (param $step i32) (param $groups i32) (param $counts i32)
  (local $left i32) (local $slot i32)
  (loop $nextWord
    (local.set $left (i32.xor (i32.load (local.get $bits)) (local.get $passed)))
    (if (local.get $left)
      (then
        (loop $nextBit
          (local.set $slot (i32.add (local.get $counts) (i32.shl
            (i32.load (i32.add (local.get $groups) (i32.shl (i32.ctz (local.get $left)) (i32.const 2)))) (i32.const 2))))
          (i32.store (local.get $slot) (i32.add (i32.load (local.get $slot)) (local.get $step)))
          (br_if $nextBit (local.tee $left (i32.and (local.get $left) (i32.sub (local.get $left) (i32.const 1))))))))
    (local.set $bits (i32.add (local.get $bits) (i32.const 4)))
    (local.set $groups (i32.add (local.get $groups) (i32.const 128)))
    (br_if $nextWord (local.tee $words (i32.sub (local.get $words) (i32.const 1))))))`;

/** All that a memory can have. */
const mostPages = 65_536;

interface Kernels {
  count(bits: number, words: number, passed: number, step: number, groups: number, counts: number): void;
}

/** Counts by group, valid until the next; `counted` papers were looked at. */
export interface GroupCounts {
  counts: Int32Array;
  counted: number;
}

export class GroupCounter {
  /** By paper; in the memory of the kernel, and nowhere else. */
  readonly groupOf: Int32Array;
  private readonly sizes: Int32Array;
  private readonly bits: Uint32Array;
  private readonly counts: Int32Array;
  private readonly kernels: Kernels;

  /** `sizes`: papers by group. */
  constructor(groupOf: Int32Array, sizes: Int32Array) {
    const words = (groupOf.length + 31) >>> 5;
    const bytes = 4 * (words + groupOf.length + sizes.length);
    const pages = Math.max(1, Math.ceil(bytes / wasmPageBytes));
    const memory = createWasmMemory({ minPages: pages, maxPages: pages, shared: false });
    const { buffer } = memory;
    // One module for segments of all sizes.
    this.kernels = openWasm<Kernels>(source, memory, { minPages: 1, maxPages: mostPages, shared: false });
    this.bits = new Uint32Array(buffer, 0, words);
    this.groupOf = new Int32Array(buffer, 4 * words, groupOf.length);
    this.groupOf.set(groupOf);
    this.counts = new Int32Array(buffer, 4 * (words + groupOf.length), sizes.length);
    this.sizes = sizes;
  }

  /** Of a set of most papers, those that are not in it are counted. */
  count(set: Bits): GroupCounts {
    const { bits, counts, groupOf } = this;
    const papers = groupOf.length;
    if (papers === 0) return { counts, counted: 0 };
    const held = countBits(set);
    const most = held * 2 > papers;
    bits.set(set);
    // Bits beyond the last paper are no papers.
    if (most && (papers & 31) !== 0) bits[bits.length - 1]! |= -1 << (papers & 31);
    if (most) counts.set(this.sizes);
    else counts.fill(0);
    const step = most ? -1 : 1;
    const passed = most ? -1 : 0;
    this.kernels.count(0, bits.length, passed, step, groupOf.byteOffset, counts.byteOffset);
    return { counts, counted: most ? papers - held : held };
  }
}
