// New papers: when they are submitted, what is in them, and which batch announces them.
import { type Batch, batchOf } from "./calendar.ts";
import { addDays, dayMs, easternInstant, weekday } from "./eastern.ts";
import { drawAuthorCount, makeAbstract, makeAuthors, makeComments, makeTitle } from "./paper-text.ts";
import { createRandom, type Random } from "./random.ts";
import { categories, followedCategories, neighbours } from "./taxonomy.ts";
import { licences } from "./words.ts";
import type { WorldOptions, WorldPaper } from "./world-types.ts";

const weekendShare = 0.35;
const crowd = 3_000;

/** All papers first announced in the world, without identifiers yet, and those that were there before. */
export function listSubmissions(options: WorldOptions, batches: readonly Batch[]): WorldPaper[] {
  const papers = [...listOldPapers(options), ...listNewPapers(options, batches)];
  addCrowd(options, batches, papers);
  return papers;
}

interface Draft {
  serial: number;
  primary: string;
  submittedAt: Date;
  batch: number;
  held: boolean;
}

function listNewPapers(options: WorldOptions, batches: readonly Batch[]): WorldPaper[] {
  const papers: WorldPaper[] = [];
  const first = addDays(batches[0]!.day, -4);
  for (let day = first; day <= options.until; day = addDays(day, 1)) {
    for (const { id: primary } of categories) {
      const random = createRandom(options.seed, "new", day, primary);
      for (let n = drawCount(random, options, { day, primary }); n > 0; n--) {
        const submittedAt = drawTime(random, day);
        const { batch, held } = drawBatch(random, options, { batches, submittedAt });
        const serial = 10_000 + papers.length;
        if (batch !== -1) papers.push(makePaper(random, { serial, primary, submittedAt, batch, held }));
      }
    }
  }
  return papers;
}

function drawCount(
  random: Random,
  { papersPerDay = 12, categories: followed = followedCategories }: WorldOptions,
  { day, primary }: { day: string; primary: string },
): number {
  const mean = followed.includes(primary) ? papersPerDay : papersPerDay / 3;
  const isWeekend = weekday(day) === 0 || weekday(day) === 6;
  return random.poisson(isWeekend ? mean * weekendShare : mean);
}

/** Any time of the day, and many in the hour after the cut-off, to be first in the next listing. */
function drawTime(random: Random, day: string): Date {
  const seconds = random.chance(0.1) ? 14 * 3_600 + random.below(1_800) : random.below(86_000);
  return new Date(easternInstant(day, 0).getTime() + seconds * 1_000);
}

function drawBatch(
  random: Random,
  { heldShare = 0.03 }: WorldOptions,
  { batches, submittedAt }: { batches: readonly Batch[]; submittedAt: Date },
): { batch: number; held: boolean } {
  const due = batchOf(batches, submittedAt);
  if (!random.chance(heldShare)) return { batch: due, held: false };
  const batch = batchOf(batches, new Date(submittedAt.getTime() + random.between(1, 6) * dayMs));
  return { batch, held: batch !== due };
}

function makePaper(random: Random, { serial, primary, submittedAt, batch, held }: Draft): WorldPaper {
  const title = makeTitle(random, serial);
  const others = random.pickSome(neighbours[primary] ?? [], random.chance(0.45) ? random.between(1, 2) : 0);
  const first = {
    number: 1,
    submittedAt,
    batch,
    title,
    abstract: makeAbstract(random, title),
    withdrawn: false,
  };
  return {
    id: "",
    authors: makeAuthors(random, drawAuthorCount(random)),
    categories: [primary, ...others],
    crossLists: [],
    versions: [{ ...first, comments: makeComments(random), sizeKb: random.between(9, 9_000) }],
    licence: random.pick(licences),
    held,
  };
}

const oldPapers = 240;

/** Papers from before the world, so that the first days have something to replace; some with many versions. */
function listOldPapers({ seed, from }: WorldOptions): WorldPaper[] {
  return Array.from({ length: oldPapers }, (_, serial) => {
    const random = createRandom(seed, "old", serial);
    const daysAgo = random.between(30, 600);
    const submittedAt = new Date(
      easternInstant(addDays(from, -daysAgo), 9).getTime() + random.below(20_000) * 1_000,
    );
    const primary = random.pick(categories).id;
    const paper = makePaper(random, { serial, primary, submittedAt, batch: -1, held: false });
    const versions = random.chance(0.3) ? random.between(2, 7) : 1;
    for (let number = 2; number <= versions; number++) {
      const at = new Date(submittedAt.getTime() + (number - 1) * 3 * dayMs);
      paper.versions.push({ ...paper.versions[0]!, number, submittedAt: at });
    }
    return paper;
  });
}

/** A collaboration: one paper with thousands of authors. */
function addCrowd(
  { seed, from, crowdDay }: WorldOptions,
  batches: readonly Batch[],
  papers: WorldPaper[],
): void {
  const day = crowdDay ?? batches.filter((batch) => batch.day >= from)[1]?.day;
  const batch = batches.findIndex((candidate) => candidate.day === day);
  if (batch === -1) return;
  const random = createRandom(seed, "crowd");
  const submittedAt = new Date(batches[batch]!.cutOffAt.getTime() - 3_600_000);
  const paper = makePaper(random, { serial: 9_999, primary: "hep-th", submittedAt, batch, held: false });
  papers.push({ ...paper, authors: makeAuthors(random, crowd) });
}
