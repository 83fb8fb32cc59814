import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { type PostingsSource, scoreLate } from "./late-interaction.ts";

const stems = ["a", "b", "c", "d"];
const nearOf = (stem: string) => [
  { stem, cosine: 1 },
  ...(stem === "a"
    ? [
        { stem: "b", cosine: 0.6 },
        { stem: "c", cosine: 0.5 },
      ]
    : []),
  ...(stem === "b" ? [{ stem: "d", cosine: 0.7 }] : []),
];

/** Impact of each stem in each of 40 docs; 0: not there. */
const impacts = fc.array(
  fc.array(fc.oneof(fc.constant(0), fc.float({ min: Math.fround(0.1), max: 1, noNaN: true })), {
    minLength: 40,
    maxLength: 40,
  }),
  { minLength: 4, maxLength: 4 },
);

function sourceOf(table: number[][]): PostingsSource {
  return {
    postingsOf(stem) {
      const row = table[stems.indexOf(stem)];
      const docs = row?.flatMap((impact, doc) => (impact > 0 ? [doc] : [])) ?? [];
      return docs.length === 0 ? null : { docs: Int32Array.from(docs), impact: (i) => row![docs[i]!]! };
    },
  };
}

describe("late interaction", () => {
  test("what a word itself is worth may be given instead of looked up", () => {
    fc.assert(
      fc.property(impacts, fc.constantFrom(...stems), (table, stem) => {
        const candidates = Int32Array.from({ length: 40 }, (_, doc) => doc);
        const source = sourceOf(table);
        const near = nearOf(stem);
        const own = Float64Array.from(table[stems.indexOf(stem)]!);
        const given = scoreLate([{ near: near.slice(1), weight: 2, own }], { source, candidates });
        expect(given).toEqual(scoreLate([{ near, weight: 2 }], { source, candidates }));
      }),
    );
  });

  test("the best near stem answers each word, for candidates few and many", () => {
    const words = fc.uniqueArray(fc.constantFrom(...stems, "unknown"));
    const chosen = fc.uniqueArray(fc.nat(39), { maxLength: 40 });
    fc.assert(
      fc.property(impacts, words, chosen, (table, asked, docs) => {
        const candidates = Int32Array.from([...docs].sort((x, y) => x - y));
        const query = asked.map((stem, i) => ({ near: nearOf(stem), weight: i + 1 }));
        const scores = scoreLate(query, { source: sourceOf(table), candidates });
        candidates.forEach((doc, i) => {
          const naive = query.reduce((sum, { near, weight }) => {
            const answers = near.map(
              (other) => other.cosine * (table[stems.indexOf(other.stem)]?.[doc] ?? 0),
            );
            return sum + weight * Math.max(...answers);
          }, 0);
          expect(scores[i]!).toBeCloseTo(naive, 4);
        });
      }),
    );
  });

  test("long lists are searched: one candidate among 100,000 postings", () => {
    const docs = Int32Array.from({ length: 100_000 }, (_, i) => i * 2);
    let read = 0;
    const source: PostingsSource = {
      postingsOf: () => ({
        docs,
        impact: (i) => {
          read++;
          return i === 77_777 ? 0.5 : 0;
        },
      }),
    };
    const query = [{ near: [{ stem: "a", cosine: 1 }], weight: 2 }];
    const found = scoreLate(query, { source, candidates: Int32Array.of(155_554, 155_555, 199_999) });
    expect([...found]).toEqual([1, 0, 0]);
    expect(read).toBe(1);
  });
});
