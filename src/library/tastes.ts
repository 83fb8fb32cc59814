// The tastes of readers, ready to choose with: what was learned is kept, and learned anew when what it was learned from, or
// the model of meaning, has changed.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { loadBackground } from "./held-sample.ts";
import type { Follow, FollowKind } from "./library.ts";
import { selectMarks } from "./marks-store.ts";
import { selectOwnPapers } from "./own-papers-store.ts";
import { selectReferences } from "./references-store.ts";
import { defaultSettings, type LibrarySettings, parseSettings } from "./settings.ts";
import type { FeatureReader, Features } from "./taste/features.ts";
import { formatKept, parseKept } from "./taste/kept.ts";
import { type Example, type LearnedTaste, learnTaste, mostNegatives, mostPositives } from "./taste/learn.ts";
import { type Taste, tasteOf, vetoedStems } from "./taste/taste.ts";
import { keepTaste, selectFollowsOf, selectKeepers, selectTastes } from "./tastes-store.ts";

/** Examples fade with time; after so many days what was learned is learned anew. */
const freshDays = 7;

/** The taste of each keeper who has any; those who keep nothing are missing. Few queries, and some for each who changed. */
export async function loadTastes(
  db: Db,
  keepers: readonly string[],
  { reader, now }: { reader: FeatureReader; now: Instant },
): Promise<Map<string, Taste>> {
  const rows = await selectKeepers(db, keepers);
  const follows = Map.groupBy(await selectFollowsOf(db, keepers), (row) => row.keeper);
  const kept = new Map((await selectTastes(db, keepers)).map((row) => [row.keeper, row]));
  const tastes = new Map<string, Taste>();
  for (const { keeper, revision, settings: stored } of rows) {
    const settings = parseSettings(stored);
    const row = kept.get(keeper);
    const known = row && isFresh(row, { revision, reader, now }) ? parseKept(row.taste, reader) : null;
    const learned = known ?? (await learn(db, keeper, { settings, revision, reader, now }));
    tastes.set(keeper, tasteOf(learned, (follows.get(keeper) ?? []).map(followOf), settings));
  }
  return tastes;
}

function isFresh(
  row: { revision: number; learned_with: string; learned_at: Instant },
  { revision, reader, now }: { revision: number; reader: FeatureReader; now: Instant },
): boolean {
  const days = (Date.parse(now) - Date.parse(row.learned_at)) / 86_400_000;
  return row.revision === revision && row.learned_with === reader.name && days < freshDays;
}

function followOf({ kind, value }: { kind: string; value: string }): Pick<Follow, "kind" | "value"> {
  return { kind: kind as FollowKind, value };
}

interface LearnOptions {
  settings: LibrarySettings;
  revision: number;
  reader: FeatureReader;
  now: Instant;
}

async function learn(db: Db, keeper: string, options: LearnOptions): Promise<LearnedTaste | null> {
  const { settings, revision, reader, now } = options;
  const examples = await readExamples(db, keeper, { settings, reader, now });
  const learned = learnTaste(examples, await loadBackground(db, reader), now);
  if (!learned) return null;
  const taste = formatKept(learned, reader);
  await keepTaste(db, { keeper, revision, learned_with: reader.name, learned_at: now, taste });
  // As it will be read again, so that the first choice and the next are the same.
  return parseKept(taste, reader);
}

interface Named {
  kind: Example["kind"];
  pk: number;
  at: Instant;
}

/** What the keeper's marks, own papers and references teach, newest first; without what must not speak. */
export async function readExamples(
  db: Db,
  keeper: string,
  {
    settings = defaultSettings,
    reader,
    now,
  }: { settings?: LibrarySettings; reader: FeatureReader; now: Instant },
): Promise<Example[]> {
  const silent = new Set(settings.vetoes.reasons);
  const marks = [
    ...(await selectMarks(db, keeper, { kinds: ["save", "more", "later"], limit: mostPositives })),
    ...(await selectMarks(db, keeper, { kinds: ["less", "hide"], limit: mostNegatives })),
  ];
  const marked = new Set(marks.map((mark) => mark.paper_pk));
  const own = (await selectOwnPapers(db, settings)).filter((pk) => !marked.has(pk));
  const named: Named[] = [
    ...marks.map((mark) => ({ kind: mark.kind as Named["kind"], pk: mark.paper_pk, at: mark.marked_at })),
    ...own.map((pk) => ({ kind: "own" as const, pk, at: now })),
  ];
  const papers = await findPapersByPk(db, [...new Set(named.map(({ pk }) => pk))]);
  const vetoed = vetoedStems(settings);
  const fromPapers = named.flatMap(({ kind, pk, at }): Example[] => {
    const paper = papers.get(pk);
    if (!paper || silent.has(`like:${paper.pk}`)) return [];
    const features = readPaper(reader, paper, vetoed);
    return [{ kind, pk: paper.pk, title: paper.titleText, at, features }];
  });
  const references = await selectReferences(db, keeper, mostPositives);
  const fromReferences = references.flatMap(({ title, abstract, added_at }): Example[] => {
    if (silent.has(`like:${title}`)) return [];
    const features = reader.read({ title, abstract }, vetoed);
    return [{ kind: "reference", pk: null, title, at: added_at, features }];
  });
  return [...fromPapers, ...fromReferences].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** Features of papers, by reader: many readers save the same ones. */
const known = new WeakMap<FeatureReader, Map<string, Features>>();
const mostKnown = 20_000;

function readPaper(reader: FeatureReader, paper: Paper, vetoed: ReadonlySet<string>): Features {
  const text = {
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors.map(({ name }) => name),
  };
  if (vetoed.size > 0) return reader.read(text, vetoed);
  const shelf = known.get(reader) ?? new Map<string, Features>();
  known.set(reader, shelf);
  const key = `${paper.pk} ${paper.changeNumber}`;
  const features = shelf.get(key) ?? reader.read(text);
  if (shelf.size >= mostKnown) shelf.clear();
  shelf.set(key, features);
  return features;
}
