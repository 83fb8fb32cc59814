// What is said of a result: its title, which stems of the query it holds, and why it was found.
import { listStems } from "./analyzer.ts";
import { completeBonusOf } from "./explain-words.ts";
import { titleBonus } from "./meaning/fusion.ts";
import { codeIn } from "./paper-list.ts";
import type { Plan } from "./plan.ts";
import type { PlannedWord } from "./plan-words.ts";
import { impactOf } from "./scoring.ts";
import type { MatchReason, SearchHit } from "./search.ts";
import type { RankedPaper } from "./top-papers.ts";

/** A hit by its names alone. */
export function nameHit({ key, score, segment, doc }: RankedPaper, { segments }: Plan): SearchHit {
  return { key, id: segments[segment]!.readId(doc), score, title: "", matched: [], why: [] };
}

export function describeHit(paper: RankedPaper, plan: Plan): SearchHit {
  const { key, score, segment, doc, meaning } = paper;
  const { id, title } = plan.segments[segment]!.readPaper(doc);
  const held = listHeld(paper, plan);
  const why = [
    ...titleReason(paper, title, plan),
    ...(plan.like ? [{ kind: "like" as const, detail: `like ${plan.like.id}` }] : []),
    ...plan.query.reasons,
    ...wordReasons(paper, held, plan),
    ...(meaning === undefined ? [] : [nearReason(meaning)]),
  ];
  return { key, id, score, title, matched: matchedStems(paper, held, plan), why };
}

/** A word of the query that the paper holds. */
interface HeldWord {
  word: PlannedWord;
  /** Its packed frequencies there. */
  code: number;
}

function listHeld({ segment, doc }: RankedPaper, { words }: Plan): HeldWord[] {
  const held: HeldWord[] = [];
  for (const word of words) {
    const code = codeIn(word.postings[segment]!, doc);
    if (code !== 0) held.push({ word, code });
  }
  return held;
}

function nearReason(share: number): MatchReason {
  return { kind: "meaning", detail: "near in meaning", share };
}

/** Stems of the query that the paper holds. */
function matchedStems({ segment, doc }: RankedPaper, held: HeldWord[], { terms }: Plan): string[] {
  const matched = new Set<string>();
  for (const { word } of held) {
    const { stems } = word;
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
function wordReasons(paper: RankedPaper, held: HeldWord[], plan: Plan): MatchReason[] {
  const lengths = plan.segments[paper.segment]!.lengths[paper.doc]!;
  const sides = { words: { texts: [] as string[], worth: 0 }, author: { texts: [] as string[], worth: 0 } };
  let all = 0;
  for (const { word, code } of held) {
    const worth = word.weight * impactOf(code, lengths);
    all += worth;
    if (!word.bare) continue;
    const side = code < 4 ? sides.author : sides.words;
    side.texts.push(word.text);
    side.worth += worth;
  }
  const reasons: MatchReason[] = [];
  for (const kind of ["words", "author"] as const) {
    const { texts, worth } = sides[kind];
    if (texts.length === 0) continue;
    const detail = texts.join(", ");
    const share = shareOf(worth, all, paper, plan);
    reasons.push(share === null ? { kind, detail } : { kind, detail, share });
  }
  return reasons;
}

/**
 * The part of a paper's score that words worth so much have. The score is of another scale than the words' worth: what is
 * neither meaning nor the very title comes from words, in proportion. Null where there is nothing to have a part of.
 */
function shareOf(worth: number, all: number, paper: RankedPaper, plan: Plan): number | null {
  const { score, meaning } = paper;
  if (score <= 0 || plan.like !== null) return null;
  const title = titleBonusOf(paper, plan) / score;
  return all === 0 ? 0 : (Math.max(0, 1 - (meaning ?? 0) - title) * worth) / all;
}

/** What being the very title adds to the score; nothing where another order was asked for. */
function titleBonusOf(paper: RankedPaper, plan: Plan): number {
  const { score, meaning } = paper;
  if (meaning !== undefined) return score > titleBonus ? titleBonus : 0;
  return score > plan.bonuses.title ? completeBonusOf(paper, plan).exact : 0;
}
