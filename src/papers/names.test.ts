import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { authorKey, familyKey, parseAuthorName, parseAuthorTriple } from "./names.ts";
import type { Author } from "./paper.ts";

const people: [string, Author][] = [
  ["Ada Lovelace", { name: "Ada Lovelace", family: "Lovelace", given: "Ada" }],
  ["Roldao da Rocha", { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" }],
  ["Ludwig van der Berg", { name: "Ludwig van der Berg", family: "van der Berg", given: "Ludwig" }],
  ["Gilles De France", { name: "Gilles De France", family: "De France", given: "Gilles" }],
  [
    "Waldyr A. Rodrigues Jr",
    { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
  ],
  ["John Smith, Jr.", { name: "John Smith Jr.", family: "Smith", given: "John", suffix: "Jr." }],
  ["J. de la Cruz III", { name: "J. de la Cruz III", family: "de la Cruz", given: "J.", suffix: "III" }],
  ["Quinn, A. J.", { name: "A. J. Quinn", family: "Quinn", given: "A. J." }],
  [
    "Rodrigues, Waldyr A., Jr",
    { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
  ],
  ["B.Alver", { name: "B. Alver", family: "Alver", given: "B." }],
  ['Martin N\\"ollenburg', { name: "Martin Nöllenburg", family: "Nöllenburg", given: "Martin" }],
  ["Grace Hopper 0001", { name: "Grace Hopper", family: "Hopper", given: "Grace" }],
  ["조혜린", { name: "조혜린", family: "조혜린" }],
  ["Sudesiqin", { name: "Sudesiqin", family: "Sudesiqin" }],
  ["LIGO Scientific Collaboration", { name: "LIGO Scientific Collaboration", literal: true }],
  ["Concrete Technology Associates", { name: "Concrete Technology Associates", literal: true }],
  ["  Kaan\n Aksit†, ", { name: "Kaan Aksit", family: "Aksit", given: "Kaan" }],
  ["<script>alert(1)</script>", { name: "<script>alert(1)</script>", family: "<script>alert(1)</script>" }],
];

describe("parseAuthorName", () => {
  test.each(people)("%j", (given, expected) => expect(parseAuthorName(given)).toEqual(expected));

  test.each(["", "  ", "et al", "et al.", "and others", "…", "123", "x".repeat(400)])(
    "finds no name in %j",
    (given) => {
      expect(parseAuthorName(given)).toBeNull();
    },
  );

  test("keeps affiliations it is told", () => {
    expect(parseAuthorName("Ada Lovelace", { affiliations: ["GANIL"] })?.affiliations).toEqual(["GANIL"]);
    expect(parseAuthorName("Ada Lovelace", { affiliations: [] })).not.toHaveProperty("affiliations");
  });

  test("never throws, and what it gives is plain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (given) => {
        const author = parseAuthorName(given);
        if (author !== null) expect(author.name).toBe(author.name.trim());
      }),
    );
  });
});

describe("parseAuthorTriple", () => {
  test.each<[string[], Author | null]>([
    [["Balázs", "C.", ""], { name: "C. Balázs", family: "Balázs", given: "C." }],
    [["da Rocha", "Roldao", ""], { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" }],
    [
      ["Rodrigues", "Waldyr A.", "Jr"],
      { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
    ],
    [
      ["Simenel", "Cédric", "", "SPhN", "GANIL"],
      { name: "Cédric Simenel", family: "Simenel", given: "Cédric", affiliations: ["SPhN", "GANIL"] },
    ],
    [["CMS Collaboration", "", ""], { name: "CMS Collaboration", literal: true }],
    [["Collaboration", "The BABAR", ""], { name: "The BABAR Collaboration", literal: true }],
    [["al", "et", ""], null],
    [["", "", ""], null],
    [[], null],
    [["Madonna", "", ""], { name: "Madonna", family: "Madonna" }],
  ])("%j", (triple, expected) => expect(parseAuthorTriple(triple)).toEqual(expected));
});

describe("keys", () => {
  test.each([
    ["Jürgen Schmidhuber", "jurgen schmidhuber"],
    ["Łukasz Kaiser", "lukasz kaiser"],
    ["Øyvind O'Brien-Smith", "oyvind obrien smith"],
    ["C.-P. Yuan", "c p yuan"],
    ["调查 王", "调查 王"],
    ["!!!", ""],
  ])("authorKey(%j)", (name, key) => expect(authorKey(name)).toBe(key));

  test("familyKey takes the family, of a collaboration the whole name", () => {
    expect(familyKey({ name: "A. da Rocha", family: "da Rocha" })).toBe("da rocha");
    expect(familyKey({ name: "CMS Collaboration", literal: true })).toBe("cms collaboration");
    expect(familyKey({ name: "Ada Lovelace" })).toBe("lovelace");
  });

  test("a name in capitals is the same name", () => {
    expect(authorKey("GROẞ")).toBe(authorKey("Groß"));
  });

  test("authorKey of a key is the key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(authorKey(authorKey(name))).toBe(authorKey(name));
      }),
    );
  });
});

test("names of plain letters have the key they have beside others", () => {
  const name = fc.stringMatching(/^[A-Za-z]{1,8}(?: [A-Za-z]{1,8}){0,3}$/);
  fc.assert(
    fc.property(name, (given) => {
      expect(`${authorKey(given)} e`).toBe(authorKey(`${given} É`));
    }),
  );
});
