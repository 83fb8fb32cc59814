// Types of what tests and benches take from setup.mjs.
export const nodeFlags: readonly string[];
export const smallNodeFlags: readonly string[];
export function flagsBeside(env?: NodeJS.ProcessEnv): readonly string[];
export function withMemorySettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
