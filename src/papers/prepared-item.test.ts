import { describe, expect, test } from "vitest";
import { paperItem, paperRecord } from "../../test/support/world-papers.ts";
import type { SourceItem } from "./paper.ts";
import { type PreparedItem, prepareItem } from "./prepared-item.ts";

function prepared(item: SourceItem): PreparedItem {
  const outcome = prepareItem(item);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome;
}

function refusal(item: SourceItem): string | null {
  const outcome = prepareItem(item);
  return "refused" in outcome ? outcome.refused : null;
}

test("fingerprints the words, not the time they were said", () => {
  const record = paperRecord({ title: "Same" });
  const at = (statedAt: string) =>
    prepared({ ...paperItem(), records: [{ ...record, statedAt }] }).records[0]!;
  expect(at("2026-05-11T00:00:00.000Z").hash).toBe(at("2026-05-12T00:00:00.000Z").hash);
  expect(at("2026-05-11T00:00:00.000Z").json).not.toBe(at("2026-05-12T00:00:00.000Z").json);
  const other = prepared({ ...paperItem(), records: [{ ...record, title: "Other" }] }).records[0]!;
  expect(other.hash).not.toBe(at("2026-05-11T00:00:00.000Z").hash);
});

test("identifiers are made canonical for comparing and stay as given in the record", () => {
  const identifiers = [{ scheme: "doi" as const, value: "10.48550/arXiv.2001.00001" }];
  const [record] = prepared(paperItem({ identifiers })).records;
  expect(record!.identifiers).toEqual([{ scheme: "arxiv", value: "2001.00001" }]);
  expect(record!.record.identifiers).toEqual(identifiers);
});

test("the ids of an export come along", () => {
  expect(prepared(paperItem({}, { id: "k3vq80rd", aliases: ["a1234567"] })).ids).toEqual([
    "k3vq80rd",
    "a1234567",
  ]);
  expect(prepared(paperItem()).ids).toEqual([]);
});

describe("refuses", () => {
  test("what has no title, no id or no record, and says so", () => {
    expect(refusal(paperItem({ title: " \n" }))).toBe("it has no title");
    expect(refusal(paperItem({ title: "\u0000" }))).toBe("it has no title");
    expect(refusal(paperItem({ sourceId: "" }))).toBe("its record has no id");
    expect(refusal({ ...paperItem(), records: [] })).toBe("it names no paper");
  });

  test("what is far beyond any real paper, and says how much is too much", () => {
    expect(refusal(paperItem({ title: "x".repeat(10_000_000) }))).toMatch(
      /title has more than [\d,]+ characters/,
    );
    expect(refusal(paperItem({ abstract: "x".repeat(10_000_000) }))).toMatch(/abstract has more than/);
    expect(refusal(paperItem({ sourceId: "x".repeat(501) }))).toMatch(/id has more than/);
    expect(refusal(paperItem({ abstract: "x".repeat(40_000) }))).toBeNull();
  });
});

test("takes out what no database stores: NUL and half surrogate pairs", () => {
  const item = paperItem(
    { title: "a\u0000b \ud800 c", authors: [{ name: "N\u0000N" }] },
    { places: [{ listId: "l", listTitle: "L\u0000", sourceFile: "f", position: 1 }] },
  );
  const { records, item: clean } = prepared(item);
  expect(records[0]!.record.title).toBe("ab \ufffd c");
  expect(clean.records[0]!.authors[0]!.name).toBe("NN");
  expect(clean.places[0]!.listTitle).toBe("L");
  expect(records[0]!.json).not.toMatch(/\\u0000|\\ud800/);
});

test("a backslash before u0000 in a text is text", () => {
  const title = String.raw`the macro \u0000 and \ud800`;
  expect(prepared(paperItem({ title })).records[0]!.record.title).toBe(title);
});
