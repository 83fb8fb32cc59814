import { describe, expect, test } from "vitest";
import { paperItem } from "../../test/support/world-papers.ts";
import type { AnnouncementKind } from "../papers/paper.ts";
import { isStale, type Listed, withoutRepeats } from "./harvest-repeats.ts";

const day = "2026-05-12";
const listed = (id: string, kind: AnnouncementKind = "new"): Listed => ({
  id,
  item: paperItem({ sourceId: id }, { announcements: [{ source: "arxiv", category: "cs.CL", day, kind }] }),
});
const known = (arxivId: string, on: string, kind: AnnouncementKind = "new") => ({ arxivId, day: on, kind });

describe("a batch that is the one before", () => {
  test("is told by its papers, not by its date", () => {
    const batch = ["a", "b", "c"].map((id) => listed(id));
    const yesterday = ["a", "b"].map((id) => known(id, "2026-05-11"));
    expect(isStale(batch, yesterday, day)).toBe(true);
    expect(isStale(batch, yesterday.slice(1), day)).toBe(false);
    expect(
      isStale(
        batch,
        ["a", "b", "c"].map((id) => known(id, day)),
        day,
      ),
    ).toBe(false);
  });

  test("replacements prove nothing: they may come every day", () => {
    const batch = ["a", "b"].map((id) => listed(id, "replacement"));
    expect(
      isStale(
        batch,
        ["a", "b"].map((id) => known(id, "2026-05-11")),
        day,
      ),
    ).toBe(false);
    expect(isStale([listed("a")], [known("a", "2026-05-11", "replacement")], day)).toBe(false);
    expect(isStale([], [], day)).toBe(false);
  });

  test("a paper is new in a category once", () => {
    const batch = [listed("a"), listed("b"), listed("c", "replacement")];
    const before = [known("a", "2026-05-11"), known("c", "2026-05-11")];
    expect(withoutRepeats(batch, before, day).map(({ records }) => records[0]!.sourceId)).toEqual(["b", "c"]);
  });
});
