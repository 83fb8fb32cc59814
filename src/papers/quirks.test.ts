// 151 odd but real titles, authors and identifiers, read where they lie: none may trip, and what is known of them must hold.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { parseAuthorList } from "./author-list.ts";
import { parseIdentifier } from "./identifiers.ts";
import { titleKey } from "./title-key.ts";

interface Quirk {
  id: string;
  category: string;
  field: string;
  value: unknown;
}

const shared = sharedSamples("quirks.json", "the odd but real titles, authors and identifiers");
const quirks: Quirk[] = shared.missing ? [] : JSON.parse(shared.text());
const of = (...categories: string[]) =>
  quirks.flatMap(({ id, category, value }) =>
    categories.includes(category) && typeof value === "string" ? [{ id, value }] : [],
  );

describe.skipIf(shared.missing)("quirks", () => {
  test("mathematics and TeX leave no dollar, backslash or TeX quote behind", () => {
    const left = of("latex").filter(({ value }) => /[$\\]|``|''/.test(toPlainText(value)));
    expect(left).toEqual([]);
    expect(of("latex").length).toBeGreaterThan(20);
  });

  test("markup and wraps are gone, what only looks like markup stays", () => {
    for (const { value } of of("markup", "line-wrap", "html-entity", "double-space")) {
      expect(toPlainText(value)).not.toMatch(/<\/?(?:i|sub|sup|jats:p|fixed-case|url)>|\s\s|[\n\t]|&\w+;/);
    }
    for (const { value } of of("angle")) expect(toPlainText(value)).toBe(value);
  });

  test("Unicode comes through whole, and every title has a key", () => {
    for (const { value } of of("unicode", "latex", "odd-title", "rtl", "emoji", "fullwidth")) {
      expect(toPlainText(value).isWellFormed()).toBe(true);
      expect(titleKey(value)).not.toBe("");
    }
  });

  test("titles that search must bring together share a key", () => {
    const key = (id: string) => titleKey(String(quirks.find((quirk) => quirk.id === id)?.value));
    expect(key("Q012")).toMatch(/^a2ats/);
    expect(key("Q007")).toMatch(/^π05/);
    expect(key("Q037")).toContain("classifier");
    expect(key("Q151")).toMatch(/^bert/);
    expect(key("Q066")).toBe(titleKey("Attention is all you need"));
  });

  test("identifiers: damaged and impossible ones are refused, all others read", () => {
    const refused = of("ids").filter(({ value }) => parseIdentifier(value) === null);
    expect(refused.map(({ value }) => value)).toEqual(["2406.105", "2613.00001", "2503.0213"]);
  });

  test("lists of authors: nobody is called et al, collaborations are one name", () => {
    for (const { value } of of("authors", "many-authors")) {
      for (const author of parseAuthorList(value)) {
        expect(author.name).not.toMatch(/\bet al\b|\\|^and /);
        if (/Collaborations?$/.test(author.name)) expect(author.literal).toBe(true);
      }
    }
  });
});
