// When a feed last changed, as far as this process has seen: entries know their own dates, but not when one was taken away.

/** Addresses remembered at a time; those seen first go first. */
const mostAddresses = 2_000;

/**
 * The time at which this content of the address was first given out, in whole seconds as HTTP has them. What was never seen is
 * as new as now, so that nobody is told "not modified" wrongly.
 */
export function openLastModified() {
  const seen = new Map<string, { tag: string; at: Date }>();
  return (address: string, { tag, now }: { tag: string; now: Date }): Date => {
    const known = seen.get(address);
    if (known?.tag === tag) return known.at;
    // A second change within a second must not have the time of the first.
    const soonest = known ? known.at.getTime() + 1_000 : 0;
    const at = new Date(Math.max(soonest, Math.floor(now.getTime() / 1_000) * 1_000));
    seen.delete(address);
    seen.set(address, { tag, at });
    if (seen.size > mostAddresses) seen.delete(seen.keys().next().value!);
    return at;
  };
}
