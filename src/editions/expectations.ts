// What to expect of the papers of an edition before anybody votes: the estimate of each, from what was recorded before its day.
import type { Db } from "../database/dialect.ts";
import { type Day, dayOf } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { listLatestObservations, listPastSubmissions, type PastSubmissionRow } from "./editions-store.ts";
import { type Estimate, type EstimateModel, estimateOf } from "./estimate/estimate-model.ts";
import { type EstimateInput, featuresOf } from "./estimate/features.ts";
import { type PastPaper, PastVotes } from "./estimate/past-votes.ts";
import { type Standing, standingsOf } from "./standing.ts";

/** A paper of an edition and how it stands there. */
export interface ExpectedEntry {
  paper: Paper;
  standing: Standing;
}

/** The estimates beside the entries. `before` is the first day of the edition: nothing observed from it on has a part. */
export async function estimateEntries(
  db: Db,
  entries: readonly ExpectedEntry[],
  { model, before }: { model: EstimateModel; before: Day },
): Promise<Estimate[]> {
  if (entries.length === 0) return [];
  const past = await readPastVotes(db, model, before);
  const counts = countBySubmitter(entries);
  return entries.map((entry) => {
    const sameSubmitter = counts.get(submitterKey(entry)) ?? 0;
    return estimateOf(model, featuresOf(inputOf(entry, sameSubmitter), past));
  });
}

/** The record of the days between the model's last and this one, as it had been observed when this one began. */
export async function readPastVotes(db: Db, model: EstimateModel, before: Day): Promise<PastVotes> {
  const past = new PastVotes(model.past);
  const rows = await listPastSubmissions(db, { after: model.trainedUntil, before });
  const pks = [...new Set(rows.map((row) => row.paper_pk))];
  const observations = await listLatestObservations(db, pks, `${before}T00:00:00.000Z`);
  const standings = standingsOf({ submissions: rows, announcements: [], observations });
  const byPk = new Map(standings.map((standing) => [standing.paperPk, standing]));
  for (const [day, ofDay] of Map.groupBy(rows, (row) => row.day)) {
    past.setDay(
      day,
      uniquePapers(ofDay).flatMap((row) => pastPaperOf(row, byPk.get(row.paper_pk)!)),
    );
  }
  return past;
}

/** Two sources may have put the same paper forward on the same day. */
function uniquePapers(rows: readonly PastSubmissionRow[]): PastSubmissionRow[] {
  return [...new Map(rows.map((row) => [row.paper_pk, row])).values()];
}

function pastPaperOf({ author_names }: PastSubmissionRow, standing: Standing): PastPaper[] {
  const { votes, organisation, submitters } = standing;
  if (votes === null) return [];
  const authors = author_names === null ? [] : author_names.split("\n");
  return [{ votes, organisation, submitter: submitters[0] ?? null, authors }];
}

function inputOf({ paper, standing }: ExpectedEntry, sameSubmitter: number): EstimateInput {
  const has = (kind: string) => paper.details.links.some((link) => link.kind === kind);
  return {
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors.map(({ name }) => name),
    submitter: standing.submitters[0] ?? null,
    organisation: standing.organisation,
    code: standing.repository !== null || has("code"),
    project: has("project"),
    stars: standing.stars,
    publishedOn: paper.publishedOn,
    day: dayOf(standing.enteredAt),
    sameSubmitter,
  };
}

function countBySubmitter(entries: readonly ExpectedEntry[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const entry of entries) {
    const key = submitterKey(entry);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Per day, because a week's page holds several days of the same submitter. */
function submitterKey({ standing }: ExpectedEntry): string | null {
  const [submitter] = standing.submitters;
  return submitter === undefined ? null : `${dayOf(standing.enteredAt)} ${submitter}`;
}
