// The numbers of politeness: lanes, back-off, Retry-After, who we say we are.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import {
  backOffBaseMs,
  backOffCapMs,
  backOffMs,
  defaultSpacingMs,
  formatUserAgent,
  laneOf,
  lanes,
  longestRetryAfterMs,
  parseRetryAfter,
  pauseAfterFailure,
} from "./politeness.ts";

const now = new Date("2026-11-25T12:00:00.000Z");

describe("lanes", () => {
  test("arXiv's export services share one lane of 3 s, its pages have one of 15 s", () => {
    const names = ["export.arxiv.org", "oaipmh.arxiv.org", "rss.arxiv.org"].map(
      (host) => laneOf(new URL(`https://${host}/x`), "whatever").name,
    );
    expect(new Set(names)).toEqual(new Set(["arxiv-export"]));
    expect(laneOf(new URL("https://rss.arxiv.org/rss/cs.CL"), "arxiv-rss").spacingMs).toBe(3_000);
    expect(laneOf(new URL("https://arxiv.org/list/cs.CL/new"), "arxiv-listing")).toMatchObject({
      name: "arxiv-web",
      spacingMs: 15_000,
    });
  });

  test("a source keeps its lane on a mirror, and arXiv's hosts keep theirs for any source", () => {
    expect(laneOf(new URL("http://127.0.0.1:9/oai"), "arxiv-oai").name).toBe("arxiv-export");
    expect(laneOf(new URL("https://rss.arxiv.org/rss/cs"), "feed").name).toBe("arxiv-export");
    expect(laneOf(new URL("https://journal.example:444/rss"), "feed")).toMatchObject({
      name: "journal.example:444",
      spacingMs: defaultSpacingMs,
    });
  });

  test("no host and no source is in two lanes", () => {
    const all = lanes.flatMap(({ hosts, sources }) => [...hosts, ...sources]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("back-off", () => {
  test("doubles with each failure, up to the cap, and spreads over the whole of it", () => {
    const most = () => 1 - Number.EPSILON;
    expect([1, 2, 3, 4].map((failures) => Math.round(backOffMs(failures, most) / backOffBaseMs))).toEqual([
      1, 2, 4, 8,
    ]);
    expect(backOffMs(50, most)).toBeLessThanOrEqual(backOffCapMs);
    expect(backOffMs(50, () => 0.5)).toBe(backOffCapMs / 2);
    expect(backOffMs(3, () => 0)).toBe(0);
  });

  test("is never negative nor beyond the cap", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const ms = backOffMs(failures, () => random);
          expect(ms >= 0 && ms <= backOffCapMs && Number.isInteger(ms)).toBe(true);
        },
      ),
    );
  });

  test("Retry-After wins over our own", () => {
    const random = () => 0.5;
    expect(pauseAfterFailure(2, { now, retryAfterMs: 7_000, random })).toEqual({
      failures: 3,
      until: "2026-11-25T12:00:07.000Z",
    });
    expect(pauseAfterFailure(0, { now, retryAfterMs: null, random }).until).toBe("2026-11-25T12:00:15.000Z");
  });
});

describe("parseRetryAfter", () => {
  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Wed, 25 Nov 2026 12:01:00 GMT", 60_000],
    ["Wednesday, 25-Nov-26 12:00:30 GMT", 30_000],
    ["Wed, 25 Nov 2026 11:00:00 GMT", 0],
    ["9999999999", longestRetryAfterMs],
    ["Fri, 31 Dec 2999 23:59:59 GMT", longestRetryAfterMs],
  ])("%s", (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });

  test.each([undefined, "", "soon", "-5", "1.5", "2 minutes", "Wed, 99 Nov 2026", "12345678901234567890"])(
    "%s says nothing",
    (value) => {
      expect(parseRetryAfter(value, now)).toBeNull();
    },
  );
});

describe("formatUserAgent", () => {
  test("names program, version and contact", () => {
    expect(formatUserAgent("1.2.0", "owner@example.org")).toBe(
      "Broadsheet/1.2.0 (+mailto:owner@example.org)",
    );
    expect(formatUserAgent("1.2.0", "https://example.org/about")).toBe(
      "Broadsheet/1.2.0 (+https://example.org/about)",
    );
    expect(formatUserAgent("1.2.0", "")).toBe("Broadsheet/1.2.0");
  });

  test("no contact breaks out of the header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (contact) => {
        expect(formatUserAgent("1", contact)).toMatch(/^Broadsheet\/1( \(\+[\x21-\x27\x2a-\x7e]+\))?$/);
      }),
    );
  });
});
