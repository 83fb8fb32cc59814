// The WebAssembly instructions that our kernels use, with their binary codes (webassembly.github.io/spec/core/appendix).

/** What follows the code of an instruction. */
export type ImmediateKind = "memory" | "local" | "function" | "label" | "i32" | "f32" | "lanes" | "none";

const scalar: Record<string, number> = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  br: 0x0c,
  br_if: 0x0d,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  "local.get": 0x20,
  "local.set": 0x21,
  "local.tee": 0x22,
  "i32.load": 0x28,
  "f32.load": 0x2a,
  "i32.load8_s": 0x2c,
  "i32.load8_u": 0x2d,
  "i32.load16_u": 0x2f,
  "i32.store": 0x36,
  "f32.store": 0x38,
  "i32.store8": 0x3a,
  "i32.const": 0x41,
  "f32.const": 0x43,
  "i32.eqz": 0x45,
  "i32.eq": 0x46,
  "i32.ne": 0x47,
  "i32.lt_s": 0x48,
  "i32.lt_u": 0x49,
  "i32.gt_s": 0x4a,
  "i32.le_s": 0x4c,
  "i32.ge_s": 0x4e,
  "f32.lt": 0x5d,
  "f32.gt": 0x5e,
  "i32.ctz": 0x68,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.mul": 0x6c,
  "i32.and": 0x71,
  "i32.or": 0x72,
  "i32.xor": 0x73,
  "i32.shl": 0x74,
  "i32.shr_u": 0x76,
  "f32.sqrt": 0x91,
  "f32.add": 0x92,
  "f32.sub": 0x93,
  "f32.mul": 0x94,
  "f32.div": 0x95,
  "i32.trunc_f32_s": 0xa8,
  "f32.convert_i32_s": 0xb2,
};

/** Instructions behind the prefix 0xfd. */
const simd: Record<string, number> = {
  "v128.load": 0,
  "v128.load8x8_s": 1,
  "v128.load16x4_s": 3,
  "v128.load32_splat": 9,
  "v128.store": 11,
  "i8x16.shuffle": 13,
  "i8x16.swizzle": 14,
  "i8x16.splat": 15,
  "i16x8.splat": 16,
  "i32x4.splat": 17,
  "f32x4.splat": 19,
  "i32x4.extract_lane": 27,
  "f32x4.extract_lane": 31,
  "i8x16.gt_s": 39,
  "i16x8.ge_u": 54,
  "i32x4.gt_s": 59,
  "v128.and": 78,
  "v128.xor": 81,
  "i8x16.popcnt": 98,
  "i8x16.bitmask": 100,
  "i8x16.narrow_i16x8_s": 101,
  "f32x4.nearest": 106,
  "i8x16.shr_u": 109,
  "i8x16.add": 110,
  "i16x8.extadd_pairwise_i8x16_u": 125,
  "i32x4.extadd_pairwise_i16x8_u": 127,
  "i16x8.extend_low_i8x16_s": 135,
  "i16x8.extend_high_i8x16_s": 136,
  "i16x8.extend_low_i8x16_u": 137,
  "i16x8.extend_high_i8x16_u": 138,
  "i16x8.shl": 139,
  "i16x8.shr_u": 141,
  "i16x8.add": 142,
  "i16x8.sub": 145,
  "i16x8.extmul_low_i8x16_s": 156,
  "i16x8.extmul_high_i8x16_s": 157,
  "i32x4.bitmask": 164,
  "i32x4.extend_low_i16x8_s": 167,
  "i32x4.extend_high_i16x8_s": 168,
  "i32x4.shl": 171,
  "i32x4.add": 174,
  "i32x4.sub": 177,
  "i32x4.dot_i16x8_s": 186,
  "f32x4.sqrt": 227,
  "f32x4.add": 228,
  "f32x4.sub": 229,
  "f32x4.mul": 230,
  "f32x4.div": 231,
  "f32x4.min": 232,
  "f32x4.max": 233,
  "i32x4.trunc_sat_f32x4_s": 248,
  "f32x4.convert_i32x4_s": 250,
  "i8x16.relaxed_swizzle": 256,
};

/** Instruction -> its code bytes. */
export const opcodes: Record<string, number[]> = {
  ...Object.fromEntries(Object.entries(scalar).map(([name, code]) => [name, [code]])),
  ...Object.fromEntries(Object.entries(simd).map(([name, code]) => [name, [0xfd, ...lebBytes(code)]])),
};

function lebBytes(code: number): number[] {
  return code < 128 ? [code] : [(code & 0x7f) | 0x80, code >> 7];
}

export function immediateKinds(name: string): ImmediateKind {
  if (/\.(?:load|store)/.test(name)) return "memory";
  if (name.startsWith("local.")) return "local";
  if (name === "call") return "function";
  if (name === "br" || name === "br_if") return "label";
  if (name === "i32.const") return "i32";
  if (name === "f32.const") return "f32";
  return name.endsWith("_lane") || name === "i8x16.shuffle" ? "lanes" : "none";
}
