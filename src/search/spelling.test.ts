import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { slipsBetween } from "../../test/support/slips.ts";
import { answerQuery } from "./answer.ts";
import { LiveSegment } from "./live-segment.ts";
import { answerSpelled } from "./spelled-answer.ts";
import { correctSpelling } from "./spelling.ts";
import { listCandidates, listSplits } from "./spelling-candidates.ts";
import { listWrittenWords } from "./spelling-words.ts";
import { stemTerm } from "./unit.ts";

/** A segment of papers with these titles. */
function segmentOf(titles: readonly string[], abstract = ""): LiveSegment {
  const segment = new LiveSegment();
  titles.forEach((title, i) => {
    segment.add({ key: i + 1, id: `id-${i}`, title, abstract, authors: ["Yann LeCun"] });
  });
  return segment;
}

const startWork = () => ({ looked: 0, postings: 0 });
const nothing = { total: 0, complete: 0 };

function ask(query: string, titles: readonly string[], asTyped = false) {
  const segments = [segmentOf(titles)];
  const request = { query, limit: 5, asTyped, mode: "words" } as const;
  return answerSpelled(request, segments, (asked) => answerQuery(asked, segments));
}

const attention = [
  "Attention is all you need",
  "Token position in language models",
  "Neural attention models",
];

describe("candidates", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "e", "s", "t", "r"), minLength: 2, maxLength: 7 });

  test("are the stems of exactly those words of the collection that are one slip away", () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 5 }), { maxLength: 8 }), word, (titles, typed) => {
        const work = startWork();
        const found = listCandidates(typed, [segmentOf(titles.map((words) => words.join(" ")))], work);
        const near = typed.length >= 4 ? titles.flat().filter((held) => slipsBetween(typed, held) === 1) : [];
        const missed = near.filter(
          (held) =>
            stemTerm(held) !== stemTerm(typed) && !found.some(({ stems }) => stems[0] === stemTerm(held)),
        );
        expect(missed).toEqual([]);
        for (const { words, stems, papers } of found) {
          expect(words.map((candidate) => slipsBetween(typed, candidate))).toEqual(words.map(() => 1));
          expect(words.map(stemTerm)).toEqual(words.map(() => stems[0]));
          expect(papers).toBe(titles.filter((held) => held.map(stemTerm).includes(stems[0]!)).length);
        }
        expect(work.looked).toBeLessThanOrEqual(54 * (typed.length + 1));
      }),
      { numRuns: 300 },
    );
  });

  test("cost the same however large the collection", () => {
    const [small, large] = [10, 400].map((papers) => {
      const work = startWork();
      const titles = Array.from({ length: papers }, (_, i) => `attention word${i} x${i}`);
      listCandidates("atention", [segmentOf(titles)], work);
      return work.looked;
    });
    expect(large).toBe(small);
    expect(small).toBeLessThan(500);
  });

  test("a space that was left out parts two words", () => {
    const splits = listSplits("tokenposition", [segmentOf(attention)], startWork());
    expect(splits).toEqual([{ words: ["token position"], stems: ["token", "posit"], papers: 1 }]);
    expect(ask("tokenposition", attention).corrected).toEqual({ query: "token position" });
  });
});

describe("a query that finds nothing", () => {
  test.each([
    ["left out", "atention"],
    ["added", "attenntion"],
    ["wrong", "attemtion"],
    ["changed places", "attentoin"],
  ])("with a letter %s is searched as it was meant", (_, query) => {
    const answer = ask(query, attention);
    expect(answer.query).toBe(query);
    expect(answer.corrected).toEqual({ query: "attention" });
    expect(answer.hits.map(({ id }) => id).sort()).toEqual(["id-0", "id-2"]);
  });

  test("is searched as typed when the reader says so, and when the word is not finished", () => {
    expect(ask("atention", attention, true)).toMatchObject({ total: 0 });
    const segments = [segmentOf(attention)];
    const typing = answerSpelled({ query: "atention", limit: 5, prefix: true }, segments, (asked) =>
      answerQuery(asked, segments),
    );
    expect(typing.corrected).toBeUndefined();
  });

  test("chooses the word that stands with the others", () => {
    const titles = [
      ...["Model checking", "Model theory", "Model soups", "A model"],
      ...["Modern art of painting", "Modern poetry"],
    ];
    expect(ask("modek", titles).corrected).toEqual({ query: "model" });
    expect(ask("modeen painting", titles).corrected).toEqual({ query: "modern painting" });
  });

  test("shows words as titles write them, and keeps the reader's case", () => {
    const titles = ["LongBench: a benchmark", "Generalisation in training"];
    expect(ask("LognBench", titles).corrected).toEqual({ query: "LongBench" });
    expect(ask("Trainign", titles).corrected).toEqual({ query: "Training" });
    expect(ask("TRAINIGN", titles).corrected).toEqual({ query: "TRAINING" });
  });

  test("of unknown words each is repaired, and the rest of the query stays", () => {
    const query = '"tokne position" -recurrent author:lecn';
    expect(correctSpelling(query, [segmentOf(attention)], nothing, startWork())?.query).toBe(
      '"token position" -recurrent author:lecun',
    );
  });

  test("numbers, short words and words nobody knows stay", () => {
    for (const query of ["gpt5", "atn", "qwertyuiop", "内存注意力", "year:2024", "-atention"])
      expect(ask(query, [...attention, "GPT4 att"]).corrected, query).toBeUndefined();
  });
});

test("a long text is left as it is, without a look-up", () => {
  const text = (others: number) => `atention ${"neural network models ".repeat(others)}`;
  const segments = [segmentOf(attention)];
  const work = startWork();
  expect(correctSpelling(text(11), segments, nothing, work)).toBeNull();
  expect(work).toEqual(startWork());
  expect(correctSpelling(text(10), segments, nothing, work)?.query).toContain("attention neural");
});

describe("a word that hardly any paper holds", () => {
  const titles = [...Array.from({ length: 60 }, (_, i) => `Attention number ${i}`), "Atention is odd"];

  test("is kept, and the other offered", () => {
    const answer = ask("atention", titles);
    expect(answer).toMatchObject({ total: 1, didYouMean: "attention" });
    expect(answer.corrected).toBeUndefined();
  });

  test("is offered without a quotation mark that nothing closes", () => {
    expect(ask('"atention', titles).didYouMean).toBe("attention");
    expect(ask("“number atention", titles).didYouMean).toBe("number attention");
    expect(ask('"number" “atention', titles).didYouMean).toBe('"number" attention');
    expect(ask('"number” atention', titles).didYouMean).toBe('"number” attention');
    expect(ask('"attemtion', attention).corrected).toEqual({ query: "attention" });
  });

  test("is not doubted when it finds about as much", () => {
    expect(ask("atention", [...attention, "Atention is odd"]).didYouMean).toBeUndefined();
  });
});

describe("work", () => {
  test("of hostile queries is bounded", () => {
    const segments = [segmentOf(Array.from({ length: 500 }, (_, i) => `attention ${i}`))];
    for (const query of [
      "zattention ".repeat(180),
      "q".repeat(2000),
      "x-".repeat(1000),
      "atentio n ".repeat(200),
    ]) {
      const work = startWork();
      correctSpelling(query, segments, nothing, work);
      expect(work.looked, query.slice(0, 20)).toBeLessThan(4 * 54 * 33);
      expect(work.postings, query.slice(0, 20)).toBeLessThan(3 * 12 * 3 * 4096);
    }
  });
});

describe("written words", () => {
  test("know what is looked for from what says where to look", () => {
    const words = listWrittenWords("the Token-level -noise title:nets year:2024 has:code (in:library)");
    expect(words.filter(({ telling }) => telling).map(({ word }) => word)).toEqual([
      "token",
      "level",
      "nets",
    ]);
  });
});
