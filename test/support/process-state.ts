// What a test could change in its process for the tests after it: folder, environment, globals, listeners, exit status.

/** By name; an object stands for itself. */
export type ProcessState = Map<string, unknown>;

/** Of these, too, each member counts: tests elsewhere replace a clock or a console piece by piece. */
const watched = { Date, Math, JSON, performance, console, Intl };

/** The logging library comes and goes here by itself, with the collection of garbage (on-exit-leak-free). */
const unwatchedEvents: readonly (string | symbol)[] = ["exit", "beforeExit"];

export function readProcessState(): ProcessState {
  const state: ProcessState = new Map<string, unknown>([
    ["folder", process.cwd()],
    ["exit status", process.exitCode],
  ]);
  for (const [name, value] of Object.entries(process.env)) state.set(`environment ${name}`, value);
  for (const [name, value] of membersOf(globalThis)) state.set(`global ${name}`, value);
  for (const [object, place] of Object.entries(watched))
    for (const [name, value] of membersOf(place)) state.set(`global ${object}.${name}`, value);
  for (const event of process.eventNames().filter((name) => !unwatchedEvents.includes(name)))
    state.set(`listeners for ${String(event)}`, process.listenerCount(event));
  return state;
}

/**
 * Own members that are plain values; a getter is not asked, because some of them start things. Names in two underscores
 * are left out: libraries keep themselves under such (tslib, zod) when they are first loaded.
 */
function membersOf(object: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(object)).flatMap(([name, member]) =>
    "value" in member && !name.startsWith("__") ? [[name, member.value]] : [],
  );
}

/** Names of what is different, gone or new, in order. */
export function differencesOf(before: ProcessState, after: ProcessState): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !Object.is(before.get(name), after.get(name))).sort();
}
