// Property tests try the same cases in every run, so that a red run is the doing of the change under test and can be
// repeated. BROADSHEET_TEST_SEED names other cases: a whole number, or "random".
import fc from "fast-check";

const asked = process.env.BROADSHEET_TEST_SEED ?? "1";
const seed = asked === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
if (!Number.isInteger(seed))
  throw new Error(`BROADSHEET_TEST_SEED is ${asked}; it is a whole number or "random".`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

export { fc };
