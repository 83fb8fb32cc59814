// Random papers, histories of an index and queries of the whole language, for comparing the engine with the naive reference.

import type { SearchDocument } from "../../src/search/search.ts";
import { fc } from "./properties.ts";

const words = [
  ...["token", "tokens", "position", "the", "of", "in", "neural", "network", "networks", "attention"],
  ...[
    "token-level",
    "pre-training",
    "pretraining",
    "LongBench",
    "long",
    "bench",
    "α",
    "Hölder",
    "A²ATS",
    "x",
  ],
];
const text = (most: number, least = 0) =>
  fc.array(fc.constantFrom(...words), { minLength: least, maxLength: most }).map((list) => list.join(" "));
const venues = ["EMNLP", "emnlp 2023", "ACL", "EMNLPX"];
const categories = ["cs.CL", "cs.LG", "csx.A", "stat.ML"];
const key = fc.integer({ min: 1, max: 12 });

const paper: fc.Arbitrary<Omit<SearchDocument, "id">> = fc
  .record({
    key,
    title: text(5),
    abstract: text(14),
    authors: fc.array(fc.constantFrom("Ada Long", "Niels Token", "O. Bench", "Hölder"), { maxLength: 3 }),
    venue: fc.option(fc.constantFrom(...venues)),
    year: fc.option(fc.integer({ min: 2022, max: 2026 })),
    publishedOn: fc.option(fc.constantFrom("2024-12-31", "2025-01-01", "2025-06-15", "2026-11-02")),
    categories: fc.uniqueArray(fc.constantFrom(...categories), { maxLength: 3 }),
    sources: fc.uniqueArray(fc.constantFrom("arxiv", "acl", "hub"), { maxLength: 2 }),
    lists: fc.uniqueArray(fc.constantFrom("000_ab", "001_cd"), { maxLength: 2 }),
    hasCode: fc.boolean(),
  })
  .map(({ venue, year, publishedOn, ...rest }) => ({
    ...rest,
    ...(venue === null ? {} : { venue }),
    ...(year === null ? {} : { year }),
    ...(publishedOn === null ? {} : { publishedOn }),
  }));

export type Step =
  | { kind: "put"; document: SearchDocument }
  | { kind: "remove"; key: number }
  | { kind: "flush" }
  | { kind: "reopen" };

/** What happens to an index: papers come, change and go; it is written and opened again. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: paper.map((document) => ({
        kind: "put" as const,
        document: { ...document, id: `id-${document.key}` },
      })),
    },
    { weight: 2, arbitrary: key.map((gone) => ({ kind: "remove" as const, key: gone })) },
    { weight: 1, arbitrary: fc.constant({ kind: "flush" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
  ),
  { maxLength: 24 },
);

/** Words and phrases alone. */
export const plainQuery: fc.Arbitrary<string> = fc.oneof(
  text(4),
  text(3).map((phrase) => `"${phrase}"`),
  fc.tuple(text(2), text(2)).map(([phrase, rest]) => `"${phrase}" ${rest}`),
  fc.constantFrom("tok", "long be", "neura", "pre-t", "transformer", '"', "the of"),
);

const word = fc.constantFrom(...words, "neur*", "po*");
const phrase = text(3, 1).map((inside) => `"${inside}"`);
const field = fc.constantFrom("title", "abstract", "author");
const column = fc.constantFrom(
  ...[
    "year:2024",
    "year:2023..2025",
    "year:2025..",
    "year:..2024",
    "date:2025",
    "date:2025-01-01..2026-11-02",
  ],
  ...[
    "date:..2025-06",
    "date:2024-12-31",
    "venue:emnlp",
    'venue:"EMNLP 2023"',
    "category:CS",
    "category:cs.cl",
  ],
  ...[
    "source:arxiv",
    "source:(acl OR hub)",
    "has:code",
    "list:000_AB",
    "in:library",
    "id:id-3",
    "id:nothing",
  ],
);
const leaf = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 3, arbitrary: phrase },
  {
    weight: 2,
    arbitrary: fc.tuple(field, fc.oneof(word, phrase)).map(([name, value]) => `${name}:${value}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("author:lon*", 'author:"Ada Long"', 'author:"Long, Ada"', "title:(x OR long)"),
  },
  { weight: 3, arbitrary: column },
);

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: tie("tree").map((part) => `-(${part})`) },
    { weight: 2, arbitrary: leaf.map((part) => `-${part}`) },
    {
      weight: 2,
      arbitrary: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((all) => `(${all.join(" ")})`),
    },
    {
      weight: 3,
      arbitrary: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }).map((all) => `(${all.join(" OR ")})`),
    },
  ),
}));

/** The whole language, well formed. */
export const anyQuery: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 2, arbitrary: word }, { weight: 3, arbitrary: tree }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(" "));

export const library: fc.Arbitrary<ReadonlySet<number>> = fc.uniqueArray(key).map((keys) => new Set(keys));
