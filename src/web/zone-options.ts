// The time zones a form offers.
import { isZone } from "../digest/local-time.ts";

/** Every zone there is, UTC first; a known zone under an older name stays when it is the chosen one. */
export function zoneOptions(chosen: string): { value: string; label: string }[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  if (!zones.includes(chosen) && isZone(chosen)) zones.unshift(chosen);
  return zones.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
