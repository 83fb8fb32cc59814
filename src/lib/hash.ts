// Fingerprints of texts and values: the same content gives the same hash on every machine and in every key order.
import { hash } from "node:crypto";

/** SHA-256 of the UTF-8 bytes, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}

/** JSON with the keys of every object in code-point order; members that are undefined are left out, as JSON.stringify does. */
export function stableJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The same of an object, and of the object without one of its members: two fingerprints for little more than one. */
export function stableJsonWithout(value: object, without: string): { whole: string; part: string } {
  const members = value as Record<string, unknown>;
  const whole: string[] = [];
  let left = -1;
  for (const key of Object.keys(members).sort()) {
    const json = JSON.stringify(sorted(members[key]));
    if (json === undefined) continue;
    if (key === without) left = whole.length;
    whole.push(`${keyJson(key)}:${json}`);
  }
  const part = left < 0 ? whole : whole.toSpliced(left, 1);
  return { whole: `{${whole.join(",")}}`, part: `{${part.join(",")}}` };
}

/** Names of members that were met, as JSON: records have few, and all the same. */
const knownKeys = new Map<string, string>();
const mostKnownKeys = 1_000;

function keyJson(key: string): string {
  let json = knownKeys.get(key);
  if (json === undefined) {
    json = JSON.stringify(key);
    if (knownKeys.size < mostKnownKeys) knownKeys.set(key, json);
  }
  return json;
}

/** A copy in key order, several times faster than a replacer function. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return value;
  const members = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(members).sort()) {
    // Assigning would set the prototype instead of making a member of that name.
    if (key === "__proto__")
      Object.defineProperty(copy, key, { value: sorted(members[key]), enumerable: true });
    else copy[key] = sorted(members[key]);
  }
  return copy;
}
