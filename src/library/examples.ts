// What tastes are learned from: readers' marks, own papers and references, for many readers in the same few queries.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { type KnownText, readTexts, textOf } from "./known-texts.ts";
import { type MarkOfKeeper, selectNewestMarks } from "./marks-store.ts";
import { selectOwnPapers } from "./own-papers-store.ts";
import { type ReferenceOfKeeper, selectNewestReferences } from "./references-store.ts";
import type { LibrarySettings } from "./settings.ts";
import type { FeatureReader } from "./taste/features.ts";
import { type Example, mostNegatives, mostPositives } from "./taste/learn.ts";
import { vetoedStems } from "./taste/taste.ts";

export interface Learner {
  keeper: string;
  settings: LibrarySettings;
}

interface Named {
  kind: Example["kind"];
  pk: number;
  at: Instant;
}

/**
 * Newest first, by keeper; without what must not speak. The queries are as many for all as for one, but for those who named
 * themselves as authors or have words that must not count.
 */
export async function readExamples(
  db: Db,
  learners: readonly Learner[],
  { reader, now }: { reader: FeatureReader; now: Instant },
): Promise<Map<string, Example[]>> {
  const keepers = learners.map(({ keeper }) => keeper);
  const marks = Map.groupBy(
    [
      ...(await selectNewestMarks(db, keepers, {
        kinds: ["save", "more", "later"],
        mostEach: mostPositives,
      })),
      ...(await selectNewestMarks(db, keepers, { kinds: ["less", "hide"], mostEach: mostNegatives })),
    ],
    ({ keeper }) => keeper,
  );
  const references = Map.groupBy(
    await selectNewestReferences(db, keepers, mostPositives),
    ({ keeper }) => keeper,
  );
  const named = new Map<string, Named[]>();
  for (const { keeper, settings } of learners)
    named.set(keeper, nameExamples(marks.get(keeper) ?? [], await selectOwnPapers(db, settings), now));
  const texts = await readTexts(db, reader, [...new Set([...named.values()].flat().map(({ pk }) => pk))]);
  const examples = new Map<string, Example[]>();
  for (const { keeper, settings } of learners) {
    const vetoed = vetoedStems(settings);
    const own =
      vetoed.size === 0
        ? texts
        : await readVetoed(db, named.get(keeper)!, (paper) => textOf(reader, paper, vetoed));
    const silent = new Set(settings.vetoes.reasons);
    const fromReferences = (references.get(keeper) ?? []).flatMap((row) =>
      silent.has(`like:${row.title}`) ? [] : [exampleOfReference(row, reader, vetoed)],
    );
    const all = [...examplesOf(named.get(keeper)!, own, silent), ...fromReferences];
    examples.set(
      keeper,
      all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)),
    );
  }
  return examples;
}

function nameExamples(marks: readonly MarkOfKeeper[], ownPapers: readonly number[], now: Instant): Named[] {
  const marked = new Set(marks.map((mark) => mark.paper_pk));
  return [
    ...marks.map((mark) => ({ kind: mark.kind as Named["kind"], pk: mark.paper_pk, at: mark.marked_at })),
    ...ownPapers.filter((pk) => !marked.has(pk)).map((pk) => ({ kind: "own" as const, pk, at: now })),
  ];
}

async function readVetoed(
  db: Db,
  named: readonly Named[],
  read: (paper: Parameters<typeof textOf>[1]) => KnownText,
): Promise<Map<number, KnownText>> {
  const papers = await findPapersByPk(db, [...new Set(named.map(({ pk }) => pk))]);
  return new Map([...papers].map(([pk, paper]) => [pk, read(paper)]));
}

function examplesOf(
  named: readonly Named[],
  texts: ReadonlyMap<number, KnownText>,
  silent: ReadonlySet<string>,
): Example[] {
  return named.flatMap(({ kind, pk, at }): Example[] => {
    const text = texts.get(pk);
    if (!text || silent.has(`like:${text.pk}`)) return [];
    return [{ kind, pk: text.pk, title: text.title, at, features: text.features }];
  });
}

function exampleOfReference(
  { title, abstract, added_at: at }: ReferenceOfKeeper,
  reader: FeatureReader,
  vetoed: ReadonlySet<string>,
): Example {
  return { kind: "reference", pk: null, title, at, features: reader.read({ title, abstract }, vetoed) };
}
