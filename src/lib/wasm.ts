// WebAssembly as far as our kernels need it: one memory, one module assembled from source, its functions.
import { assembleWasm, type WasmMemory } from "./wasm-assembler.ts";

/** A memory object; `buffer` is replaced when an unshared memory grows. */
export interface WasmMemoryObject {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; throws RangeError beyond the largest size. */
  grow(pages: number): number;
}

interface WasmApi {
  Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemoryObject;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
}

export const wasmPageBytes = 65_536;

/** The platform's types for WebAssembly come with the DOM's, which a server has not; these few are all we use. */
function platform(): WasmApi {
  return (globalThis as unknown as { WebAssembly: WasmApi }).WebAssembly;
}

/** Zeroed memory. Shared memory can be handed to worker threads. */
export function createWasmMemory({ minPages, maxPages, shared }: WasmMemory): WasmMemoryObject {
  const api = platform();
  return new api.Memory({ initial: minPages, maximum: maxPages, shared });
}

/** Compiled modules by source and limits: many memories are worked on by the same few. */
const compiled = new Map<string, object>();

/** Assembles the source and gives its functions, working on the memory. `limits` are those the memory was made with. */
export function openWasm<Functions extends object>(
  source: string,
  memory: WasmMemoryObject,
  limits: WasmMemory,
): Functions {
  const api = platform();
  const name = JSON.stringify([limits, source]);
  const module = compiled.get(name) ?? new api.Module(assembleWasm(source, limits));
  compiled.set(name, module);
  return new api.Instance(module, { env: { memory } }).exports as Functions;
}
