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
  const inOrder = sorted(value) as Record<string, unknown>;
  const whole = JSON.stringify(inOrder);
  return { whole, part: cutMember(inOrder, whole, without) };
}

/** The JSON of an object, cut from that of the whole where it is sure which member it is of several of the name. */
function cutMember(value: Record<string, unknown>, whole: string, name: string): string {
  if (!Object.hasOwn(value, name)) return whole;
  const json = JSON.stringify(value[name]);
  // A quote that ends no text begins one, and only a name has a colon behind it: within a text it would be escaped.
  const beginning = `,${JSON.stringify(name)}:`;
  const at = whole.indexOf(beginning);
  if (json !== undefined && at !== -1 && whole.lastIndexOf(beginning) === at)
    return whole.slice(0, at) + whole.slice(at + beginning.length + json.length);
  const { [name]: _, ...rest } = value;
  return JSON.stringify(rest);
}

/** The value in key order: itself where it is so already, as what our own sources make is; else a copy, several times faster than a replacer. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return sortedElements(value);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return value;
  return sortedMembers(value as Record<string, unknown>);
}

function sortedElements(values: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (let i = 0; i < values.length; i++) {
    const value = sorted(values[i]);
    if (copy === null && value !== values[i]) copy = values.slice(0, i);
    copy?.push(value);
  }
  return copy ?? values;
}

function sortedMembers(members: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(members);
  let copy: Record<string, unknown> | null = isSorted(keys) ? null : {};
  if (copy) keys.sort();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const value = sorted(members[key]);
    if (copy === null && value !== members[key]) copy = copyMembers(members, keys.slice(0, i));
    if (copy) setMember(copy, key, value);
  }
  return copy ?? members;
}

function copyMembers(members: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of keys) setMember(copy, key, members[key]);
  return copy;
}

/** Assigning would set the prototype instead of making a member of the name "__proto__". */
function setMember(members: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(members, key, { value, enumerable: true });
  else members[key] = value;
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false;
  return true;
}
