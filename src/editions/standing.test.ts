import { describe, expect, test } from "vitest";
import type { ObservationRow, SubmissionRow } from "./editions-store.ts";
import { formatReason } from "./reason.ts";
import { type Standing, standingsOf } from "./standing.ts";

const submission: SubmissionRow = {
  paper_pk: 1,
  day: "2026-05-12",
  source: "hub",
  submitter: "Ada",
  submitted_at: "2026-05-12T00:30:00.000Z",
  recorded_at: null,
};

function observation(kind: ObservationRow["kind"], rest: Partial<ObservationRow>): ObservationRow {
  const at = "2026-05-12T08:30:00.000Z";
  return {
    paper_pk: 1,
    kind,
    source: "hub",
    observed_at: at,
    first_at: at,
    value: null,
    detail: null,
    approximate: 1,
    ...rest,
  };
}

function only(input: Partial<Parameters<typeof standingsOf>[0]>): Standing {
  const standings = standingsOf({ submissions: [], announcements: [], observations: [], ...input });
  expect(standings).toHaveLength(1);
  return standings[0]!;
}

describe("standingsOf", () => {
  test("adds what each source counted and takes the newest name", () => {
    const standing = only({
      submissions: [submission],
      observations: [
        observation("upvotes", { value: 40 }),
        observation("upvotes", { value: 2, source: "here" }),
        observation("comments", { value: 3 }),
        observation("organisation", { detail: "Old", observed_at: "2026-05-12T07:00:00.000Z" }),
        observation("organisation", { detail: "New", source: "here", approximate: 0 }),
        observation("stars", { value: 9 }),
        observation("repository", { detail: "https://code.example/a" }),
      ],
    });
    expect(standing).toMatchObject({
      votes: 42,
      comments: 3,
      organisation: "New",
      stars: 9,
      repository: "https://code.example/a",
      submitters: ["Ada"],
      submitted: true,
      announced: false,
      approximate: true,
      observedAt: "2026-05-12T08:30:00.000Z",
    });
  });

  test("nobody counted: null, not zero", () => {
    expect(only({ submissions: [submission] })).toMatchObject({
      votes: null,
      comments: null,
      observedAt: null,
    });
  });

  test("what came after the cut-off is not used, but says that the paper was not yet seen", () => {
    const standing = only({
      submissions: [submission],
      observations: [
        observation("upvotes", {
          observed_at: null,
          approximate: null,
          first_at: "2026-05-12T12:00:00.000Z",
        }),
      ],
    });
    expect(standing).toMatchObject({
      votes: null,
      enteredAt: "2026-05-12T12:00:00.000Z",
      approximate: false,
    });
  });

  test("a paper enters by its earliest way in", () => {
    expect(only({ submissions: [submission] }).enteredAt).toBe("2026-05-12T00:30:00.000Z");
    expect(only({ submissions: [{ ...submission, submitted_at: null }] }).enteredAt).toBe(
      "2026-05-12T00:00:00.000Z",
    );
    const observations = [observation("upvotes", { value: 1 })];
    expect(only({ submissions: [submission], observations }).enteredAt).toBe("2026-05-12T08:30:00.000Z");
    const later = [observation("upvotes", { value: 1, first_at: "2026-06-12T08:30:00.000Z" })];
    expect(only({ submissions: [submission], observations: later }).enteredAt).toBe(
      "2026-05-12T00:30:00.000Z",
    );
    const announcements = [{ paper_pk: 1, category: "cs.CL", day: "2026-05-12", late: 1, recorded_at: null }];
    expect(only({ submissions: [submission], observations, announcements }).enteredAt).toBe(
      "2026-05-12T00:00:00.000Z",
    );
  });

  test("is late when it came by filling in alone", () => {
    const at = (category: string, late: number) => ({
      paper_pk: 1,
      category,
      day: "2026-05-12",
      late,
      recorded_at: null,
    });
    expect(only({ announcements: [at("cs.CL", 1), at("cs.LG", 1)] }).late).toBe(true);
    expect(only({ announcements: [at("cs.CL", 1), at("cs.LG", 0)] }).late).toBe(false);
    expect(only({ announcements: [at("cs.CL", 1)], submissions: [submission] }).late).toBe(false);
    expect(only({ submissions: [submission] }).late).toBe(false);
  });

  test("the order of the rows does not matter", () => {
    const second = { ...submission, source: "list", submitter: "Grace" };
    expect(only({ submissions: [second, submission] })).toEqual(only({ submissions: [submission, second] }));
  });
});

describe("formatReason", () => {
  const standing = only({
    submissions: [submission],
    observations: [observation("upvotes", { value: 1_250 })],
  });
  const asOf = "2026-05-12T08:30:00.000Z";

  test("votes by the cut-off", () => {
    expect(formatReason(standing, { day: "2026-05-12", asOf })).toBe("1,250 votes by 08:30 UTC");
    expect(formatReason({ ...standing, votes: 1 }, { day: "2026-05-12", asOf })).toBe("1 vote by 08:30 UTC");
    expect(formatReason(standing, { day: "2026-05-11", asOf })).toBe("1,250 votes by 12 May");
    expect(formatReason(standing, { day: "2025-12-31", asOf })).toBe("1,250 votes by 12 May 2026");
  });

  test("what is expected of it, where nobody voted; and where it was carried over from", () => {
    const quiet = { ...standing, votes: 0 };
    const estimate = {
      value: 0.9,
      parts: [
        { name: "words", value: 0.8 },
        { name: "past authors", value: 0.3 },
        { name: "fact age", value: -0.2 },
      ],
    };
    const options = { day: "2026-05-12", asOf, estimate };
    expect(formatReason(quiet, options)).toBe(
      "submitted by Ada; expected above the day’s mean: its text, its authors",
    );
    expect(formatReason(standing, options)).toBe("1,250 votes by 08:30 UTC");
    expect(formatReason(quiet, { ...options, estimate: { value: 0.2, parts: [] } })).toBe("submitted by Ada");
    expect(formatReason(quiet, { ...options, estimate: { value: -1.2, parts: [] } })).toBe(
      "submitted by Ada; expected well below the day’s mean",
    );
    expect(formatReason(standing, { ...options, carriedFrom: "2026-05-11" })).toBe(
      "carried over from 11 May: 1,250 votes by 08:30 UTC",
    );
  });

  test("else who put it forward or where it was announced", () => {
    expect(formatReason({ ...standing, votes: 0 }, { day: "2026-05-12", asOf })).toBe("submitted by Ada");
    const many = { ...standing, votes: null, submitters: ["A", "B", "C", "D"] };
    expect(formatReason(many, { day: "2026-05-12", asOf })).toBe("submitted by A, B and 2 more");
    const announced = {
      ...standing,
      votes: null,
      submitters: [],
      announced: true,
      announcedIn: ["cs.CL", "cs.LG"],
    };
    expect(formatReason(announced, { day: "2026-05-12", asOf })).toBe("announced in cs.CL, cs.LG");
    expect(formatReason({ ...standing, votes: null, submitters: [] }, { day: "2026-05-12", asOf })).toBe(
      "submitted that day",
    );
  });
});
