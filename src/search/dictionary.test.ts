import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { compareBytes, Dictionary, DictionaryWriter } from "./dictionary.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const sorted = (stems: string[]) => [...new Set(stems)].sort((a, b) => compareBytes(encode(a), encode(b)));

function build(stems: string[]): Dictionary {
  const writer = new DictionaryWriter();
  for (const stem of stems) writer.add(encode(stem));
  return new Dictionary(writer.bytes.view(), Uint32Array.from(writer.blocks), stems.length);
}

/** Stems with much in common, some outside the Basic Multilingual Plane. */
const stem = fc.oneof(
  fc.stringMatching(/^[ab]{1,8}$/),
  fc.stringMatching(/^token[a-c]{0,3}$/),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
const stems = fc.array(stem, { maxLength: 120 }).map(sorted);

describe("Dictionary", () => {
  test("finds every stem and nothing else", () => {
    fc.assert(
      fc.property(stems, fc.array(stem, { maxLength: 20 }), (held, others) => {
        const dictionary = build(held);
        expect(held.map((one) => dictionary.find(encode(one)))).toEqual(held.map((_, i) => i));
        for (const other of others) expect(dictionary.find(encode(other))).toBe(held.indexOf(other));
      }),
    );
  });

  test("gives stems by number and in order", () => {
    fc.assert(
      fc.property(stems, (held) => {
        const dictionary = build(held);
        expect(held.map((_, i) => dictionary.stem(i))).toEqual(held);
        const all: string[] = [];
        const cursor = dictionary.walk();
        while (cursor.next()) all.push(new TextDecoder().decode(cursor.stem.view()));
        expect(all).toEqual(held);
      }),
    );
  });

  test("knows the range of a beginning", () => {
    fc.assert(
      fc.property(stems, fc.oneof(stem, fc.constantFrom("", "a", "tok")), (held, prefix) => {
        const [first, last] = build(held).range(prefix);
        expect(held.slice(first, last)).toEqual(held.filter((one) => one.startsWith(prefix)));
      }),
    );
  });
});
