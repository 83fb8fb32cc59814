import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { knownUnits, scanUnits, UnitList } from "./unit-scanner.ts";
import { mostUnits } from "./unit-table.ts";

const word = /[p{L}p{M}p{N}\ud800-\udfff]/;
const digit = /\p{Nd}/u;

/** Units by regular expressions, character by character: raw text, start, end. */
function naiveUnits(text: string): [string, number, number][] {
  const units: [string, number, number][] = [];
  const isWord = (at: number) => isWordCharacter(text.charAt(at));
  for (let start = 0; start < text.length; start++) {
    if (!isWord(start)) continue;
    let end = start + 1;
    while (isWord(end) || holdsTogether(text, end)) end++;
    const single = end === start + 1 && !digit.test(text.charAt(start));
    if (single) end += (/^(?:\+\+|#)/.exec(text.slice(end)) ?? [""])[0].length;
    units.push([text.slice(start, Math.min(end, start + 64)), start, end]);
    start = end - 1;
  }
  return units;
}

function isWordCharacter(character: string): boolean {
  return character !== "" && (word.test(character) || /[\p{L}\p{M}\p{N}]/u.test(character));
}

function holdsTogether(text: string, at: number): boolean {
  const [before, mark, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)];
  if (mark === ".") return digit.test(before) && digit.test(after);
  return /^[-\u2010\u2011'’]$/.test(mark) && isWordCharacter(after);
}

function scanned(text: string, maxStems?: number): [string, number, number][] {
  const list = new UnitList();
  scanUnits(text, list, maxStems);
  return Array.from({ length: list.length }, (_, i) => [
    knownUnits.unitAt(list.numbers[i]!).raw,
    list.starts[i]!,
    list.ends[i]!,
  ]);
}

const piece = fc.constantFrom(
  "a",
  "Bé",
  "9",
  ".",
  "-",
  "‑",
  "’",
  " ",
  "++",
  "#",
  "𝐀",
  "🔥",
  "ß",
  "語",
  "\0",
  ",",
);

test("units are those of the naive reading, whatever the text", () => {
  const texts = fc.oneof(
    fc.array(fc.nat(0xffff), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(scanned(text)).toEqual(naiveUnits(text));
    }),
    { numRuns: 300 },
  );
});

test("a run longer than a unit is one, told by its beginning", () => {
  const text = `${"ab".repeat(50)} ${"ab".repeat(40)} ${"ab".repeat(32)}c`;
  expect(scanned(text).map(([raw]) => raw)).toEqual(Array(3).fill("ab".repeat(32)));
  expect(scanned(text)).toEqual(naiveUnits(text));
});

test("units are added behind those that are there, and counted in stems", () => {
  const list = new UnitList();
  expect(scanUnits("token-level words", list)).toBe(3);
  expect(scanUnits("words ".repeat(3_000), list, 2_000)).toBe(2_000);
  expect(list.length).toBe(2_002);
  expect(list.numbers[1]).toBe(list.numbers[2_001]);
});

test("a list ends where more units would be remembered than there is room for", () => {
  const signs = Array.from({ length: mostUnits + 10_000 }, (_, i) =>
    String.fromCodePoint(0x1f300 + (i % 1024), 0x1f300 + (i >> 10)),
  );
  const list = new UnitList();
  expect(scanUnits(signs.join(" "), list)).toBe(0);
  expect(list.length).toBe(mostUnits);
  knownUnits.tidy();
});
