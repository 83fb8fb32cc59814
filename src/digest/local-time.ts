// The reader's clock: IANA zones by way of Intl, safe on the days when clocks change. Pure.
import type { Day } from "../lib/clock.ts";

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat | null>();

/** True for a zone that Intl knows ("Europe/Berlin", "UTC"); offsets such as "+02:00" are refused, they know no summer. */
export function isZone(zone: string): boolean {
  return zone.length <= 64 && /^[A-Za-z]/.test(zone) && formatOf(zone) !== null;
}

/** "HH:MM" from 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The calendar date a reader's clock shows. */
export function localDay(zone: string, instantMs: number): Day {
  return new Date(instantMs + offsetMs(zone, instantMs)).toISOString().slice(0, 10);
}

/**
 * The instant (ms) at which a clock in the zone shows this time on this date. A time that is skipped in spring is taken as
 * much later as the clock jumps; of a time that comes twice in autumn the first: each date has exactly one.
 */
export function localInstant(zone: string, day: Day, time: string): number {
  const local = Date.parse(`${day}T${time}:00Z`);
  const before = offsetMs(zone, local - dayMs);
  const after = offsetMs(zone, local + dayMs);
  const early = local - before;
  if (offsetMs(zone, early) === before) return early;
  const late = local - after;
  return offsetMs(zone, late) === after ? late : early;
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(zone: string, instantMs: number): number {
  const format = formatOf(zone);
  if (!format) throw new RangeError(`Not a time zone: ${zone}`);
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second } = parts;
  const shown = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return shown - Math.floor(instantMs / 1000) * 1000;
}

/** Building one costs more than using it a thousand times; unknown zones are remembered too, up to a bound. */
function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size > 1_000) formats.clear();
  const format = createFormat(zone);
  formats.set(zone, format);
  return format;
}

function createFormat(zone: string): Intl.DateTimeFormat | null {
  const number = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  try {
    const options = { ...number, minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
    return new Intl.DateTimeFormat("en-US", { ...options, calendar: "iso8601", timeZone: zone });
  } catch {
    return null;
  }
}
