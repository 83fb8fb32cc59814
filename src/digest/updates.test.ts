import { describe, expect, test } from "vitest";
import type { Paper, RecordChange } from "../papers/paper.ts";
import { findUpdate } from "./updates.ts";

const toldAt = "2026-05-12T09:00:00.000Z";

function paper(numbers: number[], changes: Partial<Paper> = {}): Paper {
  const versions = numbers.map((number) => ({ number, submittedAt: toldAt }));
  return { pk: 7, versions, withdrawn: false, ...changes } as Paper;
}

function change(before: RecordChange["before"], changedAt = "2026-05-13T03:00:00.000Z"): RecordChange {
  return { source: "arxiv", sourceId: "2605.00001", changedAt, before };
}

const told = { version: 1, told_at: toldAt };

describe("an update", () => {
  test("is a higher version, with what changed since", () => {
    const changes = [
      change({ abstract: "before the letter" }, "2026-05-11T03:00:00.000Z"),
      change({ title: "An older\n title", authors: ["Ada"] }),
    ];
    expect(findUpdate(paper([1, 2]), changes, told)).toEqual({
      pk: 7,
      version: 2,
      reason: "updated since you had it, version 2: other authors, new title (it was “An older title”)",
    });
    expect(findUpdate(paper([1, 2]), [], told)?.reason).toContain("title, abstract and authors as they were");
    expect(findUpdate(paper([1, 2]), [change({ abstract: "x" })], told)?.reason).toContain(
      "version 2: new abstract",
    );
  });

  test("is a withdrawal", () => {
    const withdrawn = paper([1], { withdrawn: true });
    expect(findUpdate(withdrawn, [change({ withdrawn: false })], told)?.reason).toBe(
      "updated since you had it, withdrawn",
    );
    expect(findUpdate(withdrawn, [], told)).toBeNull();
  });

  test("of a paper without versions is another title or abstract", () => {
    const unversioned = { version: null, told_at: toldAt };
    expect(findUpdate(paper([]), [change({ abstract: "x" })], unversioned)?.reason).toContain(
      "changed: new abstract",
    );
    expect(findUpdate(paper([]), [change({ authors: ["Ada"] })], unversioned)).toBeNull();
  });

  test("is nothing that was told, nothing of the same version, nothing of before this was kept", () => {
    expect(findUpdate(paper([1]), [change({ abstract: "x" })], told)).toBeNull();
    expect(findUpdate(paper([1, 2]), [], { version: 2, told_at: toldAt })).toBeNull();
    expect(findUpdate(paper([1, 2]), [], { version: 1, told_at: null })).toBeNull();
  });

  test("quotes no endless title", () => {
    const reason = findUpdate(paper([1, 2]), [change({ title: "👩‍🔬 ".repeat(5_000) })], told)!.reason;
    expect(reason.length).toBeLessThan(400);
    expect(reason.isWellFormed()).toBe(true);
  });
});
