// Assembles WebAssembly text (the folded form of the WAT language, one module) to bytes, so that kernels are kept as
// readable source and need no tool to build. Knows the instructions of wasm-opcodes.ts; anything else is a defect.
import { immediateKinds, opcodes } from "./wasm-opcodes.ts";

type Node = string | Node[];

/** How the module's memory is imported as "env" "memory"; pages of 64 KiB. */
export interface WasmMemory {
  minPages: number;
  maxPages: number;
  shared: boolean;
}

const valueTypes: Record<string, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const voidBlock = 0x40;
const end = 0x0b;

/** Bytes of a module that holds the given `(func …)` forms, all of them exported, over one imported memory. */
export function assembleWasm(text: string, memory: WasmMemory): Uint8Array<ArrayBuffer> {
  const functions = parseForms(text).map((form) => readFunction(form));
  const names = new Map(functions.map((fn, index) => [fn.name, index] as const));
  const types = functions.map((fn) => [
    0x60,
    ...vector(fn.params.map((p) => [p.type])),
    ...vector(fn.results.map((r) => [r])),
  ]);
  const limits = [memory.shared ? 3 : 1, ...unsigned(memory.minPages), ...unsigned(memory.maxPages)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [[...nameBytes("env"), ...nameBytes("memory"), 0x02, ...limits]]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      functions.map((fn, index) => [...nameBytes(fn.name.slice(1)), 0x00, ...unsigned(index)]),
    ),
    ...section(
      10,
      functions.map((fn) => codeOf(fn, names)),
    ),
  ]);
}

interface Local {
  name: string;
  type: number;
}

interface WasmFunction {
  name: string;
  params: Local[];
  results: number[];
  locals: Local[];
  body: Node[];
}

/** Parses the text into nested lists of words; `;;` starts a comment. */
function parseForms(text: string): Node[][] {
  const words = text.replace(/;;[^\n]*/g, " ").match(/[()]|[^\s()]+/g) ?? [];
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const word of words) {
    if (word === "(") {
      const list: Node[] = [];
      open.at(-1)!.push(list);
      open.push(list);
    } else if (word === ")") open.pop();
    else open.at(-1)!.push(word);
  }
  if (open.length !== 1) throw new Error("wasm text: brackets do not match");
  return root as Node[][];
}

function readFunction(form: Node[]): WasmFunction {
  const [head, name, ...rest] = form;
  if (head !== "func" || typeof name !== "string") throw new Error("wasm text: expected (func $name …)");
  const fn: WasmFunction = { name, params: [], results: [], locals: [], body: [] };
  for (const part of rest) {
    const [kind, first, type] = part as string[];
    if (kind === "param") fn.params.push({ name: first!, type: valueType(type) });
    else if (kind === "local") fn.locals.push({ name: first!, type: valueType(type) });
    else if (kind === "result") fn.results.push(valueType(first));
    else fn.body.push(part);
  }
  return fn;
}

function valueType(name: string | undefined): number {
  const type = valueTypes[name ?? ""];
  if (type === undefined) throw new Error(`wasm text: unknown type ${name}`);
  return type;
}

function codeOf(fn: WasmFunction, functions: Map<string, number>): number[] {
  const locals = new Map([...fn.params, ...fn.locals].map((local, index) => [local.name, index] as const));
  const emitter: Emitter = { out: [], labels: [], locals, functions };
  for (const node of fn.body) emit(node, emitter);
  const declared = vector(fn.locals.map((local) => [1, local.type]));
  const code = [...declared, ...emitter.out, end];
  return [...unsigned(code.length), ...code];
}

interface Emitter {
  out: number[];
  /** Names of the open blocks, innermost last. */
  labels: (string | null)[];
  locals: Map<string, number>;
  functions: Map<string, number>;
}

function emit(node: Node, emitter: Emitter): void {
  if (typeof node === "string") throw new Error(`wasm text: stray word ${node}`);
  const [name, ...rest] = node as [string, ...Node[]];
  if (name === "block" || name === "loop") emitBlock(name, rest, emitter);
  else if (name === "if") emitIf(rest, emitter);
  else emitPlain(name, rest, emitter);
}

function emitBlock(name: string, [label, ...body]: Node[], emitter: Emitter): void {
  emitter.out.push(opcodes[name]![0]!, voidBlock);
  emitter.labels.push(label as string);
  for (const node of body) emit(node, emitter);
  emitter.labels.pop();
  emitter.out.push(end);
}

/** `(if condition (then …))`, optionally with `(else …)`. */
function emitIf([condition, thenForm, elseForm]: Node[], emitter: Emitter): void {
  emit(condition!, emitter);
  emitter.out.push(opcodes.if![0]!, voidBlock);
  emitter.labels.push(null);
  for (const node of thenForm!.slice(1)) emit(node as Node, emitter);
  if (elseForm) emitter.out.push(opcodes.else![0]!);
  for (const node of elseForm?.slice(1) ?? []) emit(node as Node, emitter);
  emitter.labels.pop();
  emitter.out.push(end);
}

/** Operands first, then the instruction, then its immediates. */
function emitPlain(name: string, rest: Node[], emitter: Emitter): void {
  const code = opcodes[name];
  if (!code) throw new Error(`wasm text: unknown instruction ${name}`);
  const immediates = rest.filter((part): part is string => typeof part === "string");
  for (const part of rest) if (typeof part !== "string") emit(part, emitter);
  emitter.out.push(...code, ...encodeImmediates(name, immediates, emitter));
}

function encodeImmediates(name: string, words: string[], emitter: Emitter): number[] {
  switch (immediateKinds(name)) {
    case "memory":
      return memoryArgument(words);
    case "local":
      return unsigned(resolve(emitter.locals, words[0], "local"));
    case "function":
      return unsigned(resolve(emitter.functions, words[0], "function"));
    case "label":
      return unsigned(depthOf(words[0], emitter));
    case "i32":
      return signed(Number(words[0]));
    case "f32":
      return [...new Uint8Array(new Float32Array([Number(words[0])]).buffer)];
    case "lanes":
      return words.map(Number);
    default:
      return [];
  }
}

function memoryArgument(words: string[]): number[] {
  const offset = words.find((word) => word.startsWith("offset="));
  return [0, ...unsigned(offset ? Number(offset.slice(7)) : 0)];
}

function resolve(names: Map<string, number>, name: string | undefined, kind: string): number {
  const index = names.get(name ?? "");
  if (index === undefined) throw new Error(`wasm text: unknown ${kind} ${name}`);
  return index;
}

function depthOf(label: string | undefined, emitter: Emitter): number {
  const index = emitter.labels.lastIndexOf(label ?? "");
  if (index < 0) throw new Error(`wasm text: unknown label ${label}`);
  return emitter.labels.length - 1 - index;
}

function section(id: number, entries: number[][]): number[] {
  const body = vector(entries);
  return [id, ...unsigned(body.length), ...body];
}

function vector(entries: number[][]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function nameBytes(name: string): number[] {
  return vector([...Buffer.from(name, "utf8")].map((byte) => [byte]));
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of an i32. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
