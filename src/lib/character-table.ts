// Tables of names and the characters they stand for, written as one text so that they can be read at a glance.

/** "name value name value …" as a table. */
export function readTable(entries: string): Map<string, string> {
  const words = entries.trim().split(/\s+/);
  const map = new Map<string, string>();
  for (let index = 0; index + 1 < words.length; index += 2)
    map.set(words[index] ?? "", words[index + 1] ?? "");
  return map;
}
