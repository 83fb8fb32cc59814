// Set bits of long sets, counted in WebAssembly: sixteen bytes at once, a tenth of what a word at a time costs.
import { createWasmMemory, openWasm, wasmPageBytes } from "../lib/wasm.ts";

const source = `
;; set bits of \`blocks\` blocks of sixteen bytes, from the memory's beginning
(func $count (param $blocks i32) (result i32)
  (local $from i32) (local $sum v128)
  (loop $next
    (local.set $sum (i32x4.add (local.get $sum) (i32x4.extadd_pairwise_i16x8_u
      (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (v128.load (local.get $from)))))))
    (local.set $from (i32.add (local.get $from) (i32.const 16)))
    (br_if $next (local.tee $blocks (i32.sub (local.get $blocks) (i32.const 1)))))
  (i32.add (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
           (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))`;

interface Counter {
  count(blocks: number): number;
  words: Uint32Array;
}

let made: Counter | null = null;

/** Made once: a set is copied into its memory piece by piece, which costs a fraction of counting. */
function open(): Counter {
  if (made) return made;
  const limits = { minPages: 1, maxPages: 1, shared: false };
  const memory = createWasmMemory(limits);
  const kernels = openWasm<Pick<Counter, "count">>(source, memory, limits);
  made = { count: kernels.count, words: new Uint32Array(memory.buffer, 0, wasmPageBytes / 4) };
  return made;
}

/** Set bits of all words. */
export function countLong(bits: Uint32Array): number {
  const { count, words } = open();
  let sum = 0;
  for (let from = 0; from < bits.length; from += words.length) {
    const piece = bits.subarray(from, from + words.length);
    words.set(piece);
    words.fill(0, piece.length, Math.ceil(piece.length / 4) * 4);
    sum += count(Math.ceil(piece.length / 4));
  }
  return sum;
}
