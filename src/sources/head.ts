// What the beginning of a file shows of its format: the keys of its first object.

/** True when an object among the first lines (or the first element of an array) has all these keys. */
export function headHasKeys(head: string, keys: readonly string[]): boolean {
  const lines = head.replace(/^\ufeff/, "").split("\n", firstLines);
  if (lines.some((line) => hasKeys(parseObject(line), keys))) return true;
  // A pretty-printed array, or a first line longer than the head: the keys as they stand in the text.
  const isPart = /^\ufeff?\s*\[/.test(head) || /^\ufeff?\s*\{[^\n]*$/.test(head);
  return isPart && keys.every((key) => head.includes(`"${key}":`) || head.includes(`"${key}" :`));
}

/** A broken first line must not hide what the file is. */
const firstLines = 5;

function parseObject(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function hasKeys(value: unknown, keys: readonly string[]): boolean {
  return typeof value === "object" && value !== null && keys.every((key) => Object.hasOwn(value, key));
}
