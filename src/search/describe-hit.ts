// What is said of a result: its title, which stems of the query it holds, and why it was found.
import { listStems } from "./analyzer.ts";
import type { Plan } from "./plan.ts";
import type { PlannedWord } from "./plan-words.ts";
import { codeIn } from "./postings.ts";
import { impactOf } from "./scoring.ts";
import type { MatchReason, SearchHit } from "./search.ts";
import type { RankedPaper } from "./top-papers.ts";

export function describeHit(paper: RankedPaper, plan: Plan): SearchHit {
  const { key, score, segment, doc, meaning } = paper;
  const { id, title } = plan.segments[segment]!.readPaper(doc);
  const held = plan.words.filter(({ postings }) => codeIn(postings[segment]!, doc) !== 0);
  const matched = matchedStems(paper, held, plan);
  const why = [
    ...titleReason(paper, title, plan),
    ...plan.query.reasons,
    ...wordReasons(paper, held, plan),
    ...(meaning === undefined ? [] : [nearReason(meaning)]),
  ];
  return { key, id, score, title, matched, why };
}

function nearReason(share: number): MatchReason {
  return { kind: "meaning", detail: "near in meaning", share };
}

/** Stems of the query that the paper holds. */
function matchedStems({ segment, doc }: RankedPaper, held: PlannedWord[], { terms }: Plan): string[] {
  const matched = new Set<string>();
  for (const { stems } of held) {
    if (stems.length === 1) matched.add(stems[0]!);
    else
      for (const stem of stems) {
        const own = terms.postings(stem, segment);
        if (own && codeIn(own, doc) !== 0) matched.add(stem);
      }
  }
  return [...matched];
}

function titleReason({ segment, doc }: RankedPaper, title: string, plan: Plan): MatchReason[] {
  // The hash spares taking nearly every title apart.
  if (plan.title.text === "" || plan.segments[segment]!.titleHashOf(doc) !== plan.title.hash) return [];
  const isTitle = listStems(title).join(" ") === plan.title.text;
  return isTitle ? [{ kind: "title", detail: title }] : [];
}

/** What the words alone are worth in the paper. */
export function scoreByWords({ segment, doc }: RankedPaper, { words, segments }: Plan): number {
  const lengths = segments[segment]!.lengths[doc]!;
  return words.reduce(
    (sum, { weight, postings }) => sum + weight * impactOf(codeIn(postings[segment]!, doc), lengths),
    0,
  );
}

/** The bare words it holds, those among its authors' names apart, each with their part of its score. */
function wordReasons({ segment, doc, score }: RankedPaper, held: PlannedWord[], plan: Plan): MatchReason[] {
  const lengths = plan.segments[segment]!.lengths[doc]!;
  const sides = { author: [] as PlannedWord[], words: [] as PlannedWord[] };
  for (const word of held) {
    if (!word.bare) continue;
    const onlyAuthors = codeIn(word.postings[segment]!, doc) < 4;
    sides[onlyAuthors ? "author" : "words"].push(word);
  }
  const worth = (word: PlannedWord) => word.weight * impactOf(codeIn(word.postings[segment]!, doc), lengths);
  return (["words", "author"] as const).flatMap((kind) => {
    const words = sides[kind];
    if (words.length === 0) return [];
    const share = words.reduce((sum, word) => sum + worth(word), 0) / score;
    const detail = words.map((word) => word.text).join(", ");
    return [score > 0 ? { kind, detail, share: Math.min(1, share) } : { kind, detail }];
  });
}
