// Types of what the tests take from setup.mjs.
export const nodeFlags: readonly string[];
