// What happens to papers after their announcement: new versions, withdrawals, cross-lists, journal references.
import type { Batch } from "./calendar.ts";
import { dayMs } from "./eastern.ts";
import { makeAbstract } from "./paper-text.ts";
import { createRandom, type Random } from "./random.ts";
import { followedCategories, neighbours } from "./taxonomy.ts";
import { withdrawals } from "./words.ts";
import type { WorldOptions, WorldPaper, WorldVersion } from "./world-types.ts";

/** Of a batch, as shares of its new papers. */
const replacedShare = 0.5;
const crossListedShare = 0.12;
const journalShare = 0.05;
const withdrawnShare = 0.04;
/** Of the replacements: corrected again within hours, so that one batch holds two versions of the paper. */
const twiceShare = 0.06;

/** Adds the updates to the papers, batch by batch, and returns them. */
export function listUpdates(
  options: WorldOptions,
  batches: readonly Batch[],
  papers: WorldPaper[],
): WorldPaper[] {
  for (const [batch] of batches.entries()) {
    const random = createRandom(options.seed, "updates", batches[batch]!.day);
    const size = papers.filter(({ versions }) => versions[0]!.batch === batch).length;
    const known = papers.filter(({ versions }) => versions[0]!.batch < batch);
    const changed = random.pickSome(
      known,
      random.poisson(size * (replacedShare + crossListedShare + journalShare)),
    );
    for (const paper of changed) change(random, paper, { batch, batches, options });
  }
  return papers;
}

interface Moment {
  batch: number;
  batches: readonly Batch[];
  options: WorldOptions;
}

function change(random: Random, paper: WorldPaper, moment: Moment): void {
  const kind = random.next() * (replacedShare + crossListedShare + journalShare);
  if (kind < replacedShare) replace(random, paper, moment);
  else if (kind < replacedShare + crossListedShare) crossList(random, paper, moment);
  else paper.journalReference ??= makeReference(random, moment.batch);
}

function makeReference(random: Random, batch: number): NonNullable<WorldPaper["journalReference"]> {
  const number = random.between(1, 9_999);
  return {
    text: `J. Made-up Res. ${random.between(1, 90)} (2026) ${number}`,
    doi: `10.5555/jmr.${random.between(100, 999)}.${number}`,
    batch,
  };
}

function replace(random: Random, paper: WorldPaper, { batch, batches }: Moment): void {
  const last = paper.versions.at(-1)!;
  const closesAt = batches[batch]!.cutOffAt.getTime();
  const evening = batches[batch - 1]?.dueAt.getTime() ?? closesAt - dayMs;
  const opensAt = Math.max(evening, last.submittedAt.getTime());
  const seconds = Math.floor((closesAt - opensAt) / 1_000);
  if (last.withdrawn || seconds < 60) return;
  const at = (share: number) => new Date(opensAt + (1 + Math.floor((seconds - 2) * share)) * 1_000);
  const first = random.next() * 0.5;
  paper.versions.push(makeVersion(random, last, { batch, submittedAt: at(first) }));
  if (!random.chance(twiceShare)) return;
  const again = at(first + 0.1 + random.next() * 0.3);
  paper.versions.push(makeVersion(random, paper.versions.at(-1)!, { batch, submittedAt: again }));
}

function makeVersion(
  random: Random,
  last: WorldVersion,
  { batch, submittedAt }: { batch: number; submittedAt: Date },
): WorldVersion {
  const next = { ...last, number: last.number + 1, submittedAt, batch };
  if (random.chance(withdrawnShare))
    return { ...next, withdrawn: true, comments: random.pick(withdrawals), sizeKb: 0 };
  if (random.chance(0.2)) next.title = `${last.title.replace(/ \(revised\)$/, "")} (revised)`;
  if (random.chance(0.3)) next.abstract = makeAbstract(random, next.title);
  return next;
}

function crossList(random: Random, paper: WorldPaper, { batch, options }: Moment): void {
  const taken = [...paper.categories, ...paper.crossLists.map(({ category }) => category)];
  const near = [...(neighbours[paper.categories[0]!] ?? []), ...(options.categories ?? followedCategories)];
  const free = near.filter((category) => !taken.includes(category));
  if (free.length > 0) paper.crossLists.push({ category: random.pick(free), batch });
}
