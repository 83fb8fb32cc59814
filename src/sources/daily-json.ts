// The hub's daily papers: the answer of its API (one JSON array) and the same items as JSON lines with their day (`_day`).
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { readJsonElements } from "../lib/json-elements.ts";
import { parseArxiv } from "../papers/identifiers.ts";
import type { PaperRecord, Signal, SourceItem, Submission } from "../papers/paper.ts";
import { itemOf, readElements, readJsonLines } from "./entries.ts";
import {
  type Fields,
  isFields,
  isRefusal,
  type Refusal,
  readAbstract,
  readAddress,
  readAuthors,
  readCount,
  readDay,
  readId,
  readInstant,
  readLinks,
  readText,
  readTitle,
} from "./fields.ts";
import type { FileFormat, ReadContext } from "./format.ts";
import { headHasKeys } from "./head.ts";
import { splitHead } from "./split-head.ts";

export const dailyJson: FileFormat = {
  name: "daily-json",
  detect: (head) =>
    headHasKeys(head, ["paper", "publishedAt"]) ||
    headHasKeys(head, ["id", "upvotes", "publishedAt", "authors"]),
  async *read(input, context) {
    const { first, whole } = await splitHead(input);
    const read = (fields: Fields) => readDailyItem(fields, context);
    if (first === "[") yield* readElements(readJsonElements(whole), read);
    else yield* readJsonLines(whole, read);
  },
};

/** The list is fetched at a median of 08:26 UTC of its day. */
const usualObservation = "T08:30:00.000Z";

/** An item of the list, or (search and single papers) the paper by itself. */
export function readDailyItem(fields: Fields, context: ReadContext): SourceItem | Refusal {
  const paper = isFields(fields.paper) ? fields.paper : fields;
  const day = readDay(fields._day);
  const submittedAt = readInstant(paper.submittedOnDailyAt);
  const submissionDay = day ?? (submittedAt === undefined ? undefined : dayOf(submittedAt));
  const observed = readObservation(day, submissionDay, context);
  const record = readRecord(fields, paper, observed?.observedAt);
  if (isRefusal(record)) return record;
  return {
    ...itemOf(record),
    submissions:
      submissionDay === undefined ? [] : [readSubmission(submissionDay, submittedAt, fields, paper)],
    signals: observed === undefined ? [] : readSignals(fields, paper, observed),
  };
}

function readRecord(fields: Fields, paper: Fields, statedAt: Instant | undefined): PaperRecord | Refusal {
  const given = readId(paper.id, "paper id");
  if (isRefusal(given)) return given;
  const id = parseArxiv(given)?.value;
  if (id === undefined) return { refused: `its id "${given.slice(0, 40)}" is no arXiv id` };
  // At the top the title has its TeX, in the paper it lost it; there it is left out where both are the same.
  const title = readTitle(readText(fields.title) ?? paper.title);
  if (isRefusal(title)) return title;
  const abstract = readAbstract(readText(fields.summary) ?? paper.summary);
  if (isRefusal(abstract)) return abstract;
  const authors = readAuthors(paper.authors);
  if (isRefusal(authors)) return authors;
  const withdrawn = readInstant(paper.withdrawnAt) !== undefined;
  const record: PaperRecord = {
    source: "hub",
    sourceId: id,
    identifiers: [{ scheme: "arxiv", value: id }],
    title,
    authors,
    categories: [],
    versions: [],
    links: readLinks([
      ["code", paper.githubRepo],
      ["project", paper.projectPage],
    ]),
  };
  if (statedAt !== undefined) record.statedAt = statedAt;
  if (abstract !== undefined) Object.assign(record, { abstract, abstractKind: "abstract" });
  // The outer publishedAt is hours early, in the server's own time zone; the paper's is right.
  const publishedOn = readDay(paper.publishedAt);
  if (publishedOn !== undefined)
    Object.assign(record, { publishedOn, year: Number(publishedOn.slice(0, 4)) });
  if (withdrawn) record.withdrawn = true;
  return record;
}

interface Observation {
  observedAt: Instant;
  approximate: boolean;
}

/** What the owner said; else the usual hour of the item's day; else the time of the file. */
function readObservation(
  day: Day | undefined,
  submissionDay: Day | undefined,
  context: ReadContext,
): Observation | undefined {
  if (context.observedAt !== undefined) return { observedAt: context.observedAt, approximate: false };
  if (day !== undefined) return { observedAt: `${day}${usualObservation}`, approximate: true };
  if (context.modifiedAt !== undefined) return { observedAt: context.modifiedAt, approximate: true };
  return submissionDay === undefined
    ? undefined
    : { observedAt: `${submissionDay}${usualObservation}`, approximate: true };
}

function readSubmission(
  day: Day,
  submittedAt: Instant | undefined,
  fields: Fields,
  paper: Fields,
): Submission {
  const submission: Submission = { day, source: "hub" };
  const by = isFields(paper.submittedOnDailyBy) ? paper.submittedOnDailyBy : fields.submittedBy;
  const submitter = isFields(by) ? (readText(by.fullname) ?? readText(by.name)) : undefined;
  if (submitter !== undefined) submission.submitter = submitter.trim().slice(0, longestName);
  if (submittedAt !== undefined) submission.submittedAt = submittedAt;
  return submission;
}

const longestName = 200;

function readSignals(fields: Fields, paper: Fields, { observedAt, approximate }: Observation): Signal[] {
  const signals: Signal[] = [];
  const add = (kind: Signal["kind"], value: number | undefined, detail: string | undefined) => {
    if (value === undefined && detail === undefined) return;
    const signal: Signal = { kind, source: "hub", observedAt };
    if (value !== undefined) signal.value = value;
    if (detail !== undefined) signal.detail = detail;
    if (approximate) signal.approximate = true;
    signals.push(signal);
  };
  const repository = readAddress(paper.githubRepo);
  add("upvotes", readCount(paper.upvotes), undefined);
  add("comments", readCount(fields.numComments) ?? readCount(paper.numComments), undefined);
  add("repository", undefined, repository);
  const stars = readCount(paper.githubStars);
  if (stars !== undefined) add("stars", stars, repository);
  add(
    "organisation",
    undefined,
    readOrganisation(fields.organization) ?? readOrganisation(paper.organization),
  );
  return signals;
}

function readOrganisation(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  return (readText(value.fullname) ?? readText(value.name))?.trim().slice(0, longestName);
}
