// Types of what tests and benches take from setup.mjs.
export const nodeFlags: readonly string[];
export function flagsBeside(nodeOptions?: string): readonly string[];
export function withMemorySettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
