// The distance between two words in slips of the finger, computed the slow way: what the speller is compared with.

/** Optimal string alignment (Damerau 1964): letters added, left out, replaced, or neighbours changed, each one slip. */
export function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]!.push(least);
    }
  }
  return rows[a.length]![b.length]!;
}

/** The text with one letter wrong: chosen by a number, so that every run types the same. */
export function mistype(text: string, seed: number): string {
  let state = (seed * 2654435761 + text.length * 97) >>> 0;
  const next = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state >>> 8) % below;
  };
  const places = [...text.matchAll(/\p{L}/gu)].map((match) => match.index);
  const at = places[next(places.length)]!;
  const letter = String.fromCharCode(97 + next(26));
  const kind = next(4);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + letter + text.slice(at);
  const neighbour = text[at + 1];
  if (kind === 2 && neighbour !== undefined && /\p{L}/u.test(neighbour) && neighbour !== text[at])
    return text.slice(0, at) + neighbour + text[at] + text.slice(at + 2);
  const other = letter === text[at]!.toLowerCase() ? (letter === "q" ? "z" : "q") : letter;
  return text.slice(0, at) + other + text.slice(at + 1);
}
