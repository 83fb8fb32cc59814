import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import {
  type CandidateSigns,
  feedbackOf,
  fuseSigns,
  fusionParts,
  fusionWeights,
  weightOfCosine,
} from "./fusion.ts";
import { listFusedTerms } from "./fusion-terms.ts";

const signs = (given: Partial<CandidateSigns>): CandidateSigns => ({
  words: 0,
  coverage: 0,
  complete: false,
  pairs: 0,
  isTitle: false,
  cosine: 0,
  ...given,
});
const kind = (stems: number, agreement: number, running = false) => ({ stems, agreement, running });
const short = kind(2, 0);

describe("fusion", () => {
  test("by hand", () => {
    const candidates = [
      signs({ words: 8, coverage: 1, complete: true, pairs: 0.4, cosine: 0.5 }),
      signs({ words: 4, coverage: 0.5, cosine: 0.7 }),
      signs({ cosine: 0.9 }),
    ];
    const {
      complete,
      short: { pairs, coverage },
    } = fusionWeights;
    const meaning = weightOfCosine(short);
    const [first, second, third] = fuseSigns(candidates, short);
    expect(first).toBeCloseTo(1 + complete + pairs * 0.4 + meaning * 0.5);
    expect(second).toBeCloseTo(0.5 * 0.5 ** coverage + meaning * 0.7);
    expect(third).toBeCloseTo(meaning * 0.9);
  });

  test("a paper whose title is the query stands before all others", () => {
    const [title, other] = fuseSigns(
      [
        signs({ words: 1, isTitle: true }),
        signs({ words: 9, coverage: 1, complete: true, pairs: 1, cosine: 1 }),
      ],
      kind(2, 1),
    );
    expect(title).toBeGreaterThan(other!);
  });

  test("each part can be taken away", () => {
    const candidates = [
      signs({ words: 2, coverage: 0.5, complete: true, pairs: 1, cosine: 1 }),
      signs({ words: 4 }),
    ];
    const score = (
      ...parts: Parameters<typeof fuseSigns>[2] extends infer S
        ? S extends ReadonlySet<infer P>
          ? P[]
          : never
        : never
    ) => fuseSigns(candidates, kind(2, 1), new Set(parts))[0]!;
    const whole = score();
    const share = 0.5 ** fusionWeights.short.coverage;
    expect(whole - score("words")).toBeCloseTo(0.5 * share);
    expect(score("coverage") - whole).toBeCloseTo(0.5 - 0.5 * share);
    expect(whole - score("complete")).toBeCloseTo(fusionWeights.complete);
    expect(whole - score("pairs")).toBeCloseTo(fusionWeights.short.pairs);
    expect(whole - score("meaning")).toBeCloseTo(weightOfCosine(kind(2, 1)));
    expect(whole - score("agreement")).toBeCloseTo(fusionWeights.short.agreed);
  });

  test("more of any sign never lowers a candidate, and scale of words does not matter", () => {
    const sign = fc.double({ min: 0, max: 1, noNaN: true });
    const one = fc.record({
      words: sign,
      coverage: sign,
      complete: fc.boolean(),
      pairs: sign,
      isTitle: fc.boolean(),
      cosine: sign,
    });
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 2, maxLength: 9 }),
        sign,
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        (list, agreement, stems, running) => {
          const scores = fuseSigns(list, kind(stems, agreement, running));
          const scaled = fuseSigns(
            list.map((s) => ({ ...s, words: s.words * 50 })),
            kind(stems, agreement, running),
          );
          list.forEach((candidate, i) => {
            if (candidate.words > 1e-9) expect(scaled[i]!).toBeCloseTo(scores[i]!, 6);
            const better = list.with(i, { ...candidate, complete: true, pairs: 1, cosine: 1, coverage: 1 });
            expect(fuseSigns(better, kind(stems, agreement, running))[i]!).toBeGreaterThanOrEqual(
              scores[i]! - 1e-9,
            );
          });
        },
      ),
    );
  });

  test("no candidates, no words found", () => {
    expect([...fuseSigns([], short)]).toEqual([]);
    expect(fuseSigns([signs({ cosine: 0.5 })], short)[0]).toBeCloseTo(weightOfCosine(short) / 2);
  });
});

describe("the weight of meaning", () => {
  test("rises with agreement between the two bounds, and depends on the length", () => {
    const [low, high] = fusionWeights.agreement;
    expect(weightOfCosine(kind(2, 0))).toBe(weightOfCosine(kind(2, low)));
    expect(weightOfCosine(kind(2, 1))).toBe(weightOfCosine(kind(2, high)));
    expect(weightOfCosine(kind(2, (low + high) / 2))).toBeCloseTo(
      (weightOfCosine(kind(2, 0)) + weightOfCosine(kind(2, 1))) / 2,
    );
    const weight = ({ cosine, agreed }: { cosine: number; agreed: number }) => cosine + agreed;
    expect(weightOfCosine(kind(0, 1))).toBe(weight(fusionWeights.short));
    expect(weightOfCosine(kind(7, 1))).toBe(weight(fusionWeights.middle));
    expect(weightOfCosine(kind(3, 1, true))).toBe(weight(fusionWeights.running));
    expect(weightOfCosine(kind(400, 1, true))).toBe(weight(fusionWeights.long));
    expect(weightOfCosine(kind(400, 1), new Set(["meaning"] as const))).toBe(0);
  });
});

describe("the weight of feedback", () => {
  test("is 0 where nearness adds nothing, and rises with agreement elsewhere", () => {
    const [low, high] = fusionWeights.agreement;
    expect(feedbackOf(kind(2, low))).toBe(0);
    expect(feedbackOf(kind(2, (low + high) / 2))).toBeCloseTo(fusionWeights.feedback / 2);
    expect(feedbackOf(kind(5, 1))).toBe(fusionWeights.feedback);
    for (const other of [kind(5, 1, true), kind(9, 1)]) expect(feedbackOf(other)).toBe(0);
    for (const part of ["feedback", "meaning", "agreement"])
      expect(feedbackOf(kind(2, 1), new Set([part]))).toBe(0);
  });

  test("the terms of a candidate add up to its score, whatever is taken away", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const anySigns = fc.record({
      words: fc.integer({ min: 0, max: 50 }).map((tenths) => tenths / 10),
      coverage: part,
      complete: fc.boolean(),
      pairs: part,
      isTitle: fc.boolean(),
      cosine: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    const anyKind = fc.record({ stems: fc.nat(12), running: fc.boolean(), agreement: part });
    const property = fc.property(
      fc.array(anySigns, { minLength: 1, maxLength: 5 }),
      anyKind,
      fc.uniqueArray(fc.constantFrom(...fusionParts)).map((parts) => new Set(parts)),
      (candidates, of, without) => {
        const largestWords = Math.max(...candidates.map(({ words }) => words));
        const sums = candidates.map((one) =>
          listFusedTerms(one, { largestWords, kind: of, without }).reduce(
            (sum, { points }) => sum + points,
            0,
          ),
        );
        fuseSigns(candidates, of, without).forEach((score, i) => {
          expect(sums[i]).toBeCloseTo(score, 9);
        });
      },
    );
    fc.assert(property);
  });
});
