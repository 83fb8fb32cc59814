import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { parseAuthorList } from "./author-list.ts";

const lists: [string, string[]][] = [
  ["C. Bal\\'azs, E. L. Berger, C.-P. Yuan", ["C. Balázs", "E. L. Berger", "C.-P. Yuan"]],
  ["Ileana Streinu and Louis Theran", ["Ileana Streinu", "Louis Theran"]],
  ["S.Benelkourchi, V.Guedj and A.Zeriahi", ["S. Benelkourchi", "V. Guedj", "A. Zeriahi"]],
  ["D0 Collaboration: V. Abazov, et al", ["D0 Collaboration", "V. Abazov"]],
  ["The DELPHI Collaboration, J. Abdallah, et al", ["DELPHI Collaboration", "J. Abdallah"]],
  ["B.Alver, et al, the PHOBOS Collaboration", ["B. Alver", "PHOBOS Collaboration"]],
  ["LIGO Scientific Collaboration", ["LIGO Scientific Collaboration"]],
  [
    "Francesco Piscitelli, for the ILL/ESS/LiU collaboration for the development of it",
    ["Francesco Piscitelli", "ILL/ESS/LiU collaboration"],
  ],
  ["Ghafari, T.; Quinn, A. J.; Jensen, O.", ["T. Ghafari", "A. J. Quinn", "O. Jensen"]],
  ["Waldyr Rodrigues, Jr, Roldao da Rocha", ["Waldyr Rodrigues Jr", "Roldao da Rocha"]],
  ["Andy Band, Alexandra Andersson", ["Andy Band", "Alexandra Andersson"]],
  ["", []],
  [",,, and ;", []],
];

describe("parseAuthorList", () => {
  test.each(lists)("%j", (given, names) => {
    expect(parseAuthorList(given).map((author) => author.name)).toEqual(names);
  });

  test("takes what stands in parentheses for affiliations, commas and all", () => {
    expect(parseAuthorList("C\\'edric Simenel (SPhN, GANIL), P. Chomaz (1 and 2) and A. Three")).toEqual([
      { name: "Cédric Simenel", family: "Simenel", given: "Cédric", affiliations: ["SPhN, GANIL"] },
      { name: "P. Chomaz", family: "Chomaz", given: "P.", affiliations: ["1 and 2"] },
      { name: "A. Three", family: "Three", given: "A." },
    ]);
  });

  test("a remark in parentheses is no affiliation", () => {
    expect(parseAuthorList("D.Peressounko (for the PHENIX Collaboration)")).toEqual([
      { name: "D. Peressounko", family: "Peressounko", given: "D." },
    ]);
  });

  test("a parenthesis that never closes takes the rest with it and nothing more", () => {
    expect(parseAuthorList("A. One, B. Two (open, C. Three").map((author) => author.name)).toEqual([
      "A. One",
      "B. Two",
    ]);
  });

  test("reads a list of thousands, and a hostile one up to its limit", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `A. Name${index}`).join(", ");
    expect(parseAuthorList(many(5_200))).toHaveLength(5_200);
    expect(parseAuthorList(many(30_000)).length).toBe(20_000);
  });

  test("never throws", () => {
    const piece = fc.constantFrom("(", ")", ",", ";", " and ", ":", "Collaboration", "A. B", "et al", "\\'");
    fc.assert(fc.property(fc.array(piece), (pieces) => Array.isArray(parseAuthorList(pieces.join("")))));
  });
});
