// The clock as a value, so that tests decide what time it is.

/** Gives the present instant. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** An instant as stored everywhere: ISO 8601, UTC, milliseconds, ending in Z. Sorts as text. */
export type Instant = string;

/** A calendar date as stored everywhere: YYYY-MM-DD. */
export type Day = string;

/** The UTC day an instant belongs to. */
export function dayOf(instant: Date | Instant): Day {
  return (typeof instant === "string" ? instant : instant.toISOString()).slice(0, 10);
}
