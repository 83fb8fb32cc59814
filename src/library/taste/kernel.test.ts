import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { subjects, tinyModel } from "../../../test/support/tiny-model.ts";
import { defaultSettings } from "../settings.ts";
import { backgroundOf } from "./background.ts";
import { type CandidatePaper, prepareCandidates } from "./candidates.ts";
import { FeatureReader, product } from "./features.ts";
import { formatKept, parseKept } from "./kept.ts";
import { type Example, learnTaste } from "./learn.ts";
import { pickFor } from "./pick.ts";
import { prepareSample } from "./sample.ts";
import { scoreCandidates } from "./score.ts";
import { tasteOf, vetoedStems } from "./taste.ts";

const now = "2026-05-12T12:00:00.000Z";
const day = "2026-05-12";
const reader = new FeatureReader(tinyModel());
const background = backgroundOf(reader);

const topics = subjects;
type Topic = keyof typeof topics;

function textOf(topic: Topic, i: number): string {
  const words = topics[topic].split(" ");
  return [0, 1, 2, 3].map((k) => words[(i + k * 2) % words.length]).join(" ");
}

function candidate(pk: number, topic: Topic, more: Partial<CandidatePaper> & { author?: string } = {}) {
  const { author = `Author ${pk}`, ...rest } = more;
  const text = textOf(topic, pk);
  const paper = {
    pk,
    id: `id${pk}`,
    titleText: text,
    abstractText: `We study ${topics[topic]}. ${text}.`,
    authors: [{ name: author }],
    categories: [topic === "speech" ? "cs.SD" : "cs.LG"],
  };
  return { paper, day, votes: null, ...rest } satisfies CandidatePaper;
}

function example(kind: Example["kind"], topic: Topic, pk = 1_000, at = now): Example {
  const features = reader.read({ title: textOf(topic, pk), abstract: `On ${topics[topic]}.` });
  return { kind, pk, title: `${topic} ${pk}`, at, features };
}

const many = (topic: Topic, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => candidate(from + i, topic));
const mixed = [...many("graphs", 0, 12), ...many("speech", 20, 12), ...many("logic", 40, 12)];
const candidates = prepareCandidates(reader, mixed);
const topicOf = (pk: number): Topic => (pk < 20 ? "graphs" : pk < 40 ? "speech" : "logic");

function tasteFrom(
  examples: Example[],
  follows: Parameters<typeof tasteOf>[1] = [],
  settings = defaultSettings,
) {
  return tasteOf(learnTaste(examples, background, now), follows, settings);
}
const none = new Set<number>();
const options = { limit: 6, now, exclude: none };
const modelOf = (examples: Example[]) =>
  scoreCandidates(tasteFrom(examples), candidates, { today: day, found: new Map() }).model;

test("reads a paper's stems, phrases and authors; words and meaning have their lengths", () => {
  const { stems, weights, vector } = reader.read({
    title: "Graph networks",
    abstract: "",
    authors: ["Ada Lovelace", "ada lovelace"],
  });
  expect([...stems].map((number) => reader.stems[number])).toEqual(
    expect.arrayContaining(["graph", "network", "author:ada lovelace"]),
  );
  expect(weights.reduce((sum, weight) => sum + weight * weight, 0)).toBeCloseTo(2, 5);
  expect(product(vector, vector)).toBeCloseTo(1, 5);
  expect([...stems].slice(0, 2).map((number) => reader.stems[number])).toEqual(["graph", "network"]);
});

test("learns from what is liked, and against what is not", () => {
  const liked = modelOf([example("save", "graphs")]);
  const disliked = modelOf([example("save", "graphs"), example("less", "logic")]);
  const mean = (scores: Float32Array, topic: Topic) => {
    const own = [...scores].filter((_, i) => topicOf(mixed[i]!.paper.pk) === topic);
    return own.reduce((sum, score) => sum + score, 0) / own.length;
  };
  expect(mean(liked, "graphs")).toBeGreaterThan(1);
  expect(mean(disliked, "logic")).toBeLessThan(mean(liked, "logic") - 0.3);
  expect(mean(disliked, "graphs")).toBeGreaterThan(mean(disliked, "speech"));
  expect(learnTaste([example("less", "logic")], background, now)).toBeNull();
});

test("lets what was said long ago say less", () => {
  const weightsOf = (at: string) =>
    learnTaste(
      [example("save", "graphs", 1, now), example("save", "speech", 2, at)],
      background,
      now,
    )!.examples.map(({ weight }) => weight);
  const [recent, old, ancient] = [now, "2025-05-12T12:00:00.000Z", "1990-01-01T00:00:00.000Z"].map(weightsOf);
  expect(old![1]! / old![0]!).toBeLessThan(recent![1]! / recent![0]!);
  expect(ancient![1]!).toBeGreaterThan(0);
});

test("is kept as text and comes back the same; what is damaged is learned anew", () => {
  const text = { title: "Graph speech", abstract: "", authors: ["Ada Lovelace"] };
  const written = { ...example("more", "graphs", 7), features: reader.read(text) };
  const learned = learnTaste(
    [example("save", "graphs"), written, example("less", "logic", 5)],
    background,
    now,
  )!;
  const kept = formatKept(learned, reader);
  // Another reader numbers words in another order.
  const other = new FeatureReader(reader.model);
  other.read({ title: "Solvers", abstract: "of clauses", authors: ["Emmy Noether"] });
  const back = parseKept(kept, other)!.learned!;
  const namesOf = ({ words }: typeof learned, { stems }: FeatureReader) =>
    Array.from(words.stems, (number, i) => [stems[number], words.weights[i]]);
  expect(namesOf(back, other)).toEqual(namesOf(learned, reader));
  expect(namesOf(back, other).map(([name]) => name)).toContain("author:ada lovelace");
  expect([...back.vector]).toEqual([...learned.vector]);
  const saved = back.examples.find(({ kind }) => kind === "save")!;
  expect(back.examples).toHaveLength(3);
  expect([saved.pk, saved.title, saved.weight]).toEqual([1_000, "graphs 1000", learned.examples[0]!.weight]);
  expect(product(saved.vector, learned.examples[0]!.vector)).toBeGreaterThan(0.99);
  expect(formatKept(parseKept(kept, reader)!.learned, reader)).toBe(kept);
  expect(parseKept(formatKept(null, reader), reader)).toEqual({ learned: null });
  expect(parseKept(kept.slice(9), reader)).toBeNull();
  expect(parseKept(kept.replace(/"weights":"[^"]{8}/, '"weights":"'), reader)).toBeNull();
  expect(parseKept(kept.replace(/"vector":"[^"]{8}/, '"vector":"'), reader)).toBeNull();
  expect(
    parseKept(kept.replace('["author:ada lovelace"', '["author:x","author:ada lovelace"'), reader),
  ).toBeNull();
});

test("learns the same whatever was read before", () => {
  const learnAfter = (before: string) => {
    const other = new FeatureReader(reader.model);
    other.read({ title: before, abstract: "", authors: [before] });
    const examples = (["graphs", "speech", "graphs"] as const).map((topic, pk) => {
      const features = other.read({
        title: textOf(topic, pk),
        abstract: `Unheard things about ${topics[topic]}.`,
        authors: [`Author ${pk}`, "Zoe Zuse", "Ada Lovelace"],
      });
      return { kind: "save" as const, pk, title: topic, at: now, features };
    });
    const papers = many("logic", 0, 30).map(({ paper }) =>
      other.read({ title: paper.titleText, abstract: paper.abstractText }),
    );
    return [null, prepareSample(papers)].map((sample) =>
      formatKept(learnTaste(examples, { ...backgroundOf(other), sample }, now), other),
    );
  };
  expect(learnAfter("Zoe Zuse on things unheard")).toEqual(learnAfter("Solvers"));
});

test("picks what is liked, each with its reason, one from outside last", () => {
  const picks = pickFor(tasteFrom([example("save", "graphs")]), candidates, options);
  expect(picks).toHaveLength(6);
  expect(picks.slice(0, 5).every(({ paper }) => topicOf(paper.pk) === "graphs")).toBe(true);
  expect(picks[0]!.reasons[0]).toMatchObject({
    kind: "taste",
    text: "because you saved “graphs 1000”",
    because: 1_000,
    veto: "like:1000",
  });
  expect(picks[5]!.reasons).toMatchObject([{ kind: "outside", text: "from outside your field" }]);
  expect(topicOf(picks[5]!.paper.pk)).not.toBe("graphs");
});

test.each([
  ["author", { kind: "author", value: "Grace HOPPER" }, "by Grace HOPPER, an author you follow"],
  ["search", { kind: "search", value: "voices" }, "matches your search ‘voices’"],
  [
    "keyword",
    { kind: "keyword", value: "satisfiability solvers" },
    "speaks of ‘satisfiability solvers’, which you watch",
  ],
  ["category", { kind: "category", value: "cs.SD" }, "top of cs.SD today: 41 votes"],
] as const)("a followed %s is its own reason, unless it is told to be silent", (kind, follow, text) => {
  const special = candidate(99, "speech", { votes: 41, author: "Grace Hopper" });
  special.paper.abstractText += " A satisfiability solver is used.";
  const set = prepareCandidates(reader, [...many("graphs", 0, 5), special]);
  const found = new Map([["voices", new Set([99])]]);
  const [pick, ...others] = pickFor(tasteFrom([], [follow]), set, { ...options, found });
  expect(pick!.paper.pk).toBe(99);
  expect(pick!.reasons[0]).toMatchObject({ kind, text, veto: `${kind}:${follow.value}` });
  expect(others).toEqual([]);
  for (const reason of [kind, pick!.reasons[0]!.veto]) {
    const settings = { ...defaultSettings, vetoes: { words: [], reasons: [reason] } };
    expect(pickFor(tasteFrom([], [follow], settings), set, { ...options, found })).toEqual([]);
  }
});

test("picks nothing for somebody of whom nothing is known", () => {
  expect(pickFor(tasteFrom([]), candidates, options)).toEqual([]);
  expect(pickFor(tasteFrom([example("save", "graphs")]), prepareCandidates(reader, []), options)).toEqual([]);
});

test("takes turns between what a reader likes rather than the same again", () => {
  const twins = [candidate(1, "graphs"), candidate(2, "graphs")];
  twins[1]!.paper = { ...twins[0]!.paper, pk: 2 };
  const set = prepareCandidates(reader, [...twins, candidate(21, "speech"), ...many("logic", 40, 12)]);
  const taste = tasteFrom([
    example("save", "graphs", 1),
    example("more", "graphs", 3),
    example("save", "speech", 21),
  ]);
  const picks = pickFor(taste, set, { ...options, limit: 3 }).map(({ paper }) => topicOf(paper.pk));
  expect(picks).toEqual(["graphs", "speech", "graphs"]);
});

test("reads nothing into vetoed words", () => {
  const vetoed = vetoedStems({ ...defaultSettings, vetoes: { words: ["Graphs", "node edge"], reasons: [] } });
  const { stems } = reader.read({ title: "Graph nodes", abstract: "An edge of speech." }, vetoed);
  expect([...stems].map((number) => reader.stems[number])).toEqual(["speech"]);
});

test("whatever is kept: picks are candidates, each once, none excluded, the same however the day is laid out", () => {
  const reversed = prepareCandidates(reader, mixed.toReversed());
  const kinds = ["save", "more", "later", "less", "hide"] as const;
  const kept = fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      topic: fc.constantFrom<Topic>("graphs", "speech", "logic"),
      pk: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(
      kept,
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 60 })),
      (given, limit, out) => {
        const taste = tasteFrom(given.map(({ kind, topic, pk }) => example(kind, topic, pk)));
        const exclude = new Set(out);
        const pick = (set: typeof candidates) => pickFor(taste, set, { limit, now, exclude });
        const picks = pick(candidates);
        const pks = picks.map(({ paper }) => paper.pk);
        expect(new Set(pks).size).toBe(pks.length);
        expect(pks.length).toBeLessThanOrEqual(limit);
        expect(pks.every((pk) => !exclude.has(pk) && mixed.some(({ paper }) => paper.pk === pk))).toBe(true);
        expect(picks.every(({ reasons }) => reasons.length > 0)).toBe(true);
        expect(pick(candidates)).toEqual(picks);
        expect(pick(reversed).map(({ paper }) => paper.pk)).toEqual(pks);
      },
    ),
    { numRuns: 40 },
  );
});
