// The instant that a reader or a program asks a page for: read strictly, so that nobody's own zone or a slip of the pen decides
// what stood on a page. Pure.
import type { Instant } from "../lib/clock.ts";
import { parseEditionKey } from "./edition-key.ts";

/** A day alone is its beginning, in UTC; a time names its offset. */
const form =
  /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

export type AsOf = { asOf: Instant } | { wrong: string };

/** "2026-05-12T10:00:00Z", with seconds or without, any offset, or a day; else what is wrong with it, in words. */
export function parseAsOf(text: string, now: Instant): AsOf {
  const day = form.exec(text)?.[1];
  const time = day !== undefined && parseEditionKey(day) ? new Date(text) : null;
  if (!time || Number.isNaN(time.getTime())) return { wrong: "is no time" };
  const asOf = time.toISOString();
  return asOf > now ? { wrong: "has not come yet" } : { asOf };
}
