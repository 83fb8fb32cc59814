// fast-check as property tests here use it: the same cases in every run, more of them on demand, and a failure that is told in time.
//
// BROADSHEET_TEST_SEED names other cases: a whole number, or "random". BROADSHEET_TEST_RUNS (1 when unset) multiplies how many
// cases each property tries; the tests' own time limits grow with it.
import * as fastCheck from "fast-check";

export * from "fast-check";

/** After this much of a test's 180 s the search for a smaller case ends, so that the failure itself is what is reported. */
const timeLimitMs = 120_000;

const asked = process.env.BROADSHEET_TEST_SEED ?? "1";
const seed = asked === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
if (!Number.isInteger(seed))
  throw new Error(`BROADSHEET_TEST_SEED is ${asked}; it is a whole number or "random".`);

const factor = Number(process.env.BROADSHEET_TEST_RUNS ?? 1);
if (!Number.isInteger(factor) || factor < 1)
  throw new Error(`BROADSHEET_TEST_RUNS is ${factor}; it is a whole number above 0.`);

fastCheck.configureGlobal({
  ...fastCheck.readConfigureGlobal(),
  seed,
  numRuns: 100 * factor,
  interruptAfterTimeLimit: timeLimitMs * factor,
});

/** As fast-check's own, with the runs a test asks for multiplied. */
export const assert = ((
  property: fastCheck.IRawProperty<unknown>,
  given: fastCheck.Parameters<unknown> = {},
) =>
  fastCheck.assert(property, {
    ...given,
    ...(given.numRuns === undefined ? {} : { numRuns: given.numRuns * factor }),
  })) as typeof fastCheck.assert;
