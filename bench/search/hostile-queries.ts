// Queries made to hurt the search: every sign of the query language with the words that most papers hold, by seed.
import { openRandom } from "../../src/lib/random.ts";
import type { SearchRequest } from "../../src/search/search.ts";

export interface HostileQuery {
  kind: string;
  request: SearchRequest;
}

const longest = 2_000;
const stops = "the of and in to a we for is that with on this by are as our from an be".split(" ");
const common = (
  "model learning data method propose based network performance training result task approach use show image new problem " +
  "algorithm feature function object dataset generation system information process existing different time state art " +
  "representation experiment demonstrate structure accuracy optimization classification estimation deep neural evaluation " +
  "improve domain challenge effective number work paper multi large human visual prediction sample framework provide"
).split(" ");
const beginnings = "pr co re in de un ex tr st pa se ma an di ca mo al le me fo".split(" ");
const scripts = [
  "模型",
  "обучение",
  "μάθηση",
  "학습",
  "ｌｅａｒｎｉｎｇ",
  "𝒜𝓁𝓅𝒽𝒶",
  "e\u0301".repeat(20),
  "ö\u0308\u0301",
  "تعلم",
];
const narrowing = [
  "year:2020..",
  "year:..2018",
  "date:2015..2024-06",
  "venue:ACL",
  "has:code",
  "-venue:emnlp",
  "category:cs",
];

type Random = ReturnType<typeof openRandom>;
type Make = (random: Random) => string;

const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]!;
const many = (count: number, part: (i: number) => string, between = " ") =>
  Array.from({ length: count }, (_, i) => part(i)).join(between);
const word: Make = (random) => pick(random, random.below(4) === 0 ? stops : common);
const phrase: Make = (random) => `"${many(2 + random.below(3), () => word(random))}"`;
const stopPhrase: Make = (random) => `"${many(2 + random.below(2), () => pick(random, stops))}"`;
const field: Make = (random) => pick(random, ["title", "abstract", "author"]);
const beginning: Make = (random) => `${pick(random, beginnings)}*`;

function tree(random: Random, depth: number): string {
  if (depth === 0) return pick(random, [word, phrase, stopPhrase, beginning])(random);
  const parts = () =>
    many(2 + random.below(3), () => tree(random, depth - 1), pick(random, [" ", " OR ", " -"]));
  return `${pick(random, ["", "", "-", `${field(random)}:`])}(${parts()})`;
}

/** One maker for each kind of harm. */
const makers: Record<string, Make> = {
  "common words": (random) => many(20 + random.below(180), () => pick(random, common)),
  "stop words": (random) => many(2 + random.below(300), () => pick(random, stops)),
  "stop words and words": (random) =>
    many(4 + random.below(120), (i) => (i % 2 ? word(random) : pick(random, stops))),
  "few common words": (random) => many(1 + random.below(8), () => pick(random, common)),
  "repeated words": (random) => `${word(random)} `.repeat(150) + many(8, () => word(random)),
  "choice of words": (random) => many(4 + random.below(60), () => word(random), " OR "),
  "choice of phrases": (random) => many(4 + random.below(60), () => phrase(random), " OR "),
  "choice of stop phrases": (random) => many(4 + random.below(60), () => stopPhrase(random), " OR "),
  "several choices": (random) =>
    many(2 + random.below(6), () => `(${many(4 + random.below(8), () => word(random), " OR ")})`),
  "choices of phrases": (random) =>
    many(2 + random.below(4), () => `(${many(6, () => stopPhrase(random), " OR ")})`),
  phrases: (random) => many(1 + random.below(40), () => phrase(random)),
  "stop phrases": (random) => many(1 + random.below(30), () => stopPhrase(random)),
  "long phrase": (random) => `"${many(3 + random.below(200), () => pick(random, [...stops, ...common]))}"`,
  beginnings: (random) => many(1 + random.below(10), () => beginning(random)),
  "beginnings in fields": (random) =>
    many(1 + random.below(8), () => `${field(random)}:${beginning(random)}`),
  "choice of beginnings": (random) => many(2 + random.below(7), () => beginning(random), " OR "),
  fields: (random) => many(2 + random.below(60), () => `${field(random)}:${word(random)}`),
  "choice of fields": (random) =>
    many(4 + random.below(60), () => `${field(random)}:${word(random)}`, " OR "),
  "excluded words": (random) => `${word(random)} ${many(10 + random.below(50), () => `-${word(random)}`)}`,
  "excluded phrases": (random) => many(4 + random.below(50), () => `-${stopPhrase(random)}`),
  "only excluded fields": (random) => many(4 + random.below(50), () => `-${field(random)}:${word(random)}`),
  hyphens: (random) => many(4 + random.below(60), () => `${word(random)}-${word(random)}`),
  "long hyphens": (random) => many(4 + random.below(100), () => word(random), "-"),
  CamelCase: (random) =>
    many(4 + random.below(50), () =>
      many(2, () => word(random).replace(/^./, (first) => first.toUpperCase()), ""),
    ),
  parentheses: (random) => tree(random, 1 + random.below(4)),
  "deep parentheses": (random) => `${`(${word(random)} OR `.repeat(100)}x${")".repeat(100)}`,
  columns: (random) =>
    many(16, () =>
      pick(random, [
        `-venue:x${random.below(99)}`,
        `-year:${1990 + random.below(36)}`,
        `venue:a${random.below(9)}`,
      ]),
    ),
  "dates and words": (random) => `${many(8, () => pick(random, narrowing))} ${many(6, () => word(random))}`,
  "list of ids": (random) =>
    many(60, () => `id:${1000 + random.below(1500)}.${10000 + random.below(9999)}`, " OR "),
  like: (random) => `like:${1 + random.below(100_000)} ${many(random.below(8), () => word(random))}`,
  "mixed scripts": (random) => many(4 + random.below(60), () => pick(random, [...scripts, ...common])),
  "one long word": (random) => word(random).repeat(100) + scripts[6]!.repeat(10),
  slips: (random) => many(4 + random.below(28), (i) => (i < 3 ? `${word(random)}qz` : word(random))),
  letters: (random) => many(100 + random.below(600), () => String.fromCharCode(97 + random.below(26))),
};

export const hostileKinds = Object.keys(makers);

/** The query of this number: kinds in turn; how it is asked changes too. */
export function makeHostile(seed: number, number: number): HostileQuery {
  const random = openRandom(seed, number);
  const kind = hostileKinds[number % hostileKinds.length]!;
  const narrowed = random.below(4) === 0 ? `${pick(random, narrowing)} ` : "";
  const query = `${narrowed}${makers[kind]!(random)}`.slice(0, longest);
  return { kind, request: { query, limit: 20, ...manner(random) } };
}

/** How it is asked: modes, sorts, unfinished, facets, the first page or a deep one. */
function manner(random: Random): Omit<SearchRequest, "query" | "limit"> {
  return {
    mode: pick(random, ["words", "auto", "meaning"] as const),
    sort: pick(random, ["relevance", "relevance", "newest", "votes", "trending"] as const),
    prefix: random.below(4) === 0,
    facets: random.below(2) === 0,
    idsOnly: random.below(4) === 0,
    offset: random.below(6) === 0 ? pick(random, [200, 2_000, 9_900]) : 0,
  };
}
