import { expect, test } from "vitest";
import { LiveSegment } from "./live-segment.ts";
import { readUnits } from "./paper-units.ts";
import { knownUnits } from "./unit-scanner.ts";

const paper = (key: number) => ({
  key,
  id: String(key),
  title: "Tides of the token-level Moon",
  abstract: "LongBench C++ tide",
  authors: ["Ada Tide"],
});

/** Reads coined words until all units have been forgotten. */
function forgetUnits(): void {
  const { epoch } = knownUnits;
  for (let i = 0; knownUnits.epoch === epoch; i++) {
    const abstract = Array.from({ length: 15_000 }, (_, k) => `coined${i}x${k}`).join(" ");
    readUnits({ title: "", abstract, authors: [] });
  }
}

test("terms stay what they were when all units are forgotten", () => {
  const live = new LiveSegment();
  live.add(paper(1));
  const { stems } = live.postings.terms;
  const before = [...stems];
  forgetUnits();
  expect(before.map((stem) => live.findTerm(stem))).toEqual(before.map((_, term) => term));
  live.add(paper(2));
  live.add({ ...paper(3), title: "Bridges" });
  expect(stems).toEqual([...before, "bridg"]);
  expect([...live.readPostings(live.findTerm("tide")).docs]).toEqual([0, 1, 2]);
  expect([...live.readPostings(live.findTerm("tokenlevel")).docs]).toEqual([0, 1]);
  expect(live.findTerm("absent")).toBe(-1);
  expect(live.findTerm("coined0x7")).toBe(-1);
});
