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

/** The day so many days later, or earlier. */
export function addDays(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

/** The instant so many minutes later, or earlier. */
export function minutesAfter(instant: Date | Instant, minutes: number): Instant {
  const ms = typeof instant === "string" ? Date.parse(instant) : instant.getTime();
  return new Date(ms + minutes * 60_000).toISOString();
}
