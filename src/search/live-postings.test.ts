import { expect, test } from "vitest";
import { LiveSegment } from "./live-segment.ts";
import type { Segment } from "./segment.ts";
import { SegmentStore } from "./segment-store.ts";

/** By key: the places of a stem in every paper. */
function placesOf(segment: Segment, stem: string): Record<number, number[]> {
  const positions = segment.openPositions(segment.findTerm(stem));
  const found: Record<number, number[]> = {};
  for (let doc = 0; doc < segment.size; doc++)
    if (positions.moveTo(doc))
      found[segment.keyOf(doc)] = [...positions.data.slice(positions.start, positions.end)];
  return found;
}

test("a paper of more names than places go leaves the places of the others as they are", () => {
  const live = new LiveSegment();
  const add = (key: number, authors: string[]) =>
    live.add({ key, id: `id-${key}`, title: "luc in titles", abstract: "by luc", authors });
  add(1, ["Luc One"]);
  const many = Array.from({ length: 17_000 }, () => ".");
  add(2, [...many, "Bb-Luc-Cc Dd", "Luc-Bb Ee", "Cc-Dd-Luc", "\uFDFA".repeat(60)]);
  add(3, ["Two", "Luc"]);
  const store = new SegmentStore({ folder: null, tuning: { sealAt: 4, fanIn: 2 }, cacheBytes: 1 << 20 });
  const before = placesOf(live, "luc");
  expect([before[1], before[3]]).toEqual([
    [0, 65_537, 131_072],
    [0, 65_537, 131_077],
  ]);
  expect(before[2]).toEqual([0, 65_537, 196_606, 196_606, 196_606]);
  store.full.push(live);
  while (store.step());
  expect(placesOf(store.finished[0]!, "luc")).toEqual(before);
});
