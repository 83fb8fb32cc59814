import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { createWasmMemory, openWasm } from "./wasm.ts";
import { assembleWasm } from "./wasm-assembler.ts";

const limits = { minPages: 1, maxPages: 2, shared: false };

function open<Functions extends object>(source: string): { run: Functions; bytes: ArrayBuffer } {
  const memory = createWasmMemory(limits);
  return { run: openWasm<Functions>(source, memory, limits), bytes: memory.buffer };
}

describe("the assembler", () => {
  test("arithmetic, locals, calls and negative constants of any size", () => {
    const source = (value: number) => `
      (func $value (result i32) (i32.const ${value}))
      ;; twice the value, by way of a call
      (func $twice (result i32) (local $x i32)
        (local.set $x (call $value))
        (i32.add (local.get $x) (local.get $x)))`;
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const { run } = open<{ value(): number; twice(): number }>(source(value));
        expect(run.value()).toBe(value);
        expect(run.twice()).toBe((value * 2) | 0);
      }),
    );
  });

  test("loops, branches out of blocks, if and else", () => {
    const { run } = open<{ sum(n: number): number; sign(n: number): number }>(`
      (func $sum (param $n i32) (result i32) (local $s i32)
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $n)))
            (local.set $s (i32.add (local.get $s) (local.get $n)))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br $next)))
        (local.get $s))
      (func $sign (param $n i32) (result i32) (local $s i32)
        (if (i32.lt_s (local.get $n) (i32.const 0))
          (then (local.set $s (i32.const -1)))
          (else (if (local.get $n) (then (local.set $s (i32.const 1))))))
        (local.get $s))`);
    expect(run.sum(100)).toBe(5050);
    expect(run.sum(0)).toBe(0);
    expect([-7, 0, 9].map((n) => run.sign(n))).toEqual([-1, 0, 1]);
  });

  test("memory with offsets, floats and lanes", () => {
    const { run, bytes } = open<{ double(at: number): number }>(`
      (func $double (param $at i32) (result f32) (local $x v128)
        (local.set $x (f32x4.mul (v128.load offset=16 (local.get $at)) (f32x4.splat (f32.const 2))))
        (v128.store offset=300 (local.get $at) (local.get $x))
        (f32x4.extract_lane 3 (local.get $x)))`);
    new Float32Array(bytes, 32, 4).set([1, 2, 3, 0.25]);
    expect(run.double(16)).toBe(0.5);
    expect([...new Float32Array(bytes, 316, 4)]).toEqual([2, 4, 6, 0.5]);
  });

  test.each([
    ["(func $f (i32.frobnicate))", "unknown instruction i32.frobnicate"],
    ["(func $f (drop (local.get $x)))", "unknown local $x"],
    ["(func $f (call $g))", "unknown function $g"],
    ["(func $f (br $out))", "unknown label $out"],
    ["(func $f (param $x i31))", "unknown type i31"],
    ["(func $f stray)", "stray word"],
    ["(func $f (drop (i32.const 1))", "brackets do not match"],
    ["(global $g)", "expected (func"],
  ])("%s is refused", (source, message) => {
    expect(() => assembleWasm(source, limits)).toThrow(message);
  });
});

test("memory grows to its largest size and no further", () => {
  const memory = createWasmMemory(limits);
  memory.grow(1);
  expect(memory.buffer.byteLength).toBe(2 * 65_536);
  expect(() => memory.grow(1)).toThrow(RangeError);
});
