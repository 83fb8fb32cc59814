// What an address says of how a page is to be shown: as it stood at an instant, with every score explained.
import type { Context } from "hono";
import { parseAsOf } from "../editions/as-of.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { cutAtCharacter } from "./cut.ts";

/** `?as-of=`; null without one. Throws AppError "bad-input" for what is no time, or has not come. */
export function readAsOf(c: Context, now: Date): Instant | null {
  const given = c.req.query("as-of");
  if (given === undefined) return null;
  const read = parseAsOf(given, now.toISOString());
  if ("asOf" in read) return read.asOf;
  throw new AppError("bad-input", `“${cutAtCharacter(given, 40)}” ${read.wrong}.`, {
    remedy: "A time is written like 2026-05-12T10:00:00Z, the beginning of a day like 2026-05-12.",
  });
}

/** `?explain`, with any value. */
export function readExplain(c: Context): boolean {
  return c.req.query("explain") !== undefined;
}
