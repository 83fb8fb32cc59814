import { describe, expect, test } from "vitest";
import { readTypedPaper } from "./typed-paper.ts";

const typed = {
  title: " Counting\nthe Owls ",
  authors: "Ada Lovelace, Grace Hopper",
  abstract: "We count.\r\nThey hoot.",
  where: "https://owls.example.org/paper?id=1",
};

describe("a paper typed in", () => {
  test("becomes a record", () => {
    expect(readTypedPaper(typed, "2026-05-12")).toMatchObject({
      records: [
        {
          source: "typed",
          title: "Counting the Owls",
          authors: [{ name: "Ada Lovelace" }, { name: "Grace Hopper" }],
          abstract: "We count.\nThey hoot.",
          links: [{ kind: "site", url: "https://owls.example.org/paper?id=1" }],
          publishedOn: "2026-05-12",
        },
      ],
    });
    const withDoi = readTypedPaper({ ...typed, where: "doi:10.1000/XYZ.1" }, "2026-05-12");
    expect(withDoi).toMatchObject({
      records: [{ identifiers: [{ scheme: "doi", value: "10.1000/xyz.1" }] }],
    });
  });

  test("typed twice is one record, however it is spaced", () => {
    const idOf = (title: string) => {
      const read = readTypedPaper({ ...typed, title }, "2026-05-12");
      return "records" in read ? read.records[0]?.sourceId : null;
    };
    expect(idOf("Counting  the  OWLS")).toBe(idOf("Counting the Owls"));
    expect(idOf("Counting the Cats")).not.toBe(idOf("Counting the Owls"));
  });

  test.each([
    ["title", { title: "Owls" }],
    ["title", { title: "" }],
    ["title", { title: "x".repeat(501) }],
    ["authors", { authors: " , ; " }],
    ["abstract", { abstract: "x".repeat(8_001) }],
    ["where", { where: "javascript:alert(1)" }],
    ["where", { where: "https://user:secret@owls.example.org/" }],
    ["where", { where: "somewhere" }],
  ])("refuses a bad %s: %j", (field, bad) => {
    const read = readTypedPaper({ ...typed, ...bad }, "2026-05-12");
    expect("problems" in read ? Object.keys(read.problems) : []).toEqual([field]);
  });
});
