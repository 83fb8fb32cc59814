// A paper in the shape of the hub's papers API: the one mapping for its lists, its answers and the element on our pages.
import { hash } from "node:crypto";
import type { PaperFacts } from "../editions/paper-facts.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import { formatHubId } from "../papers/hub-id.ts";
import type { Paper } from "../papers/paper.ts";
import { findHubLinks } from "./hub-links.ts";

/** What the hub says of a paper, and where it is to be found. */
export interface HubSubject {
  paper: Paper;
  facts: PaperFacts;
  /** Public address without trailing slash. */
  base: string;
}

/** The hub's programs take an instant with milliseconds and a Z, and fail on anything else. */
const dayStart = "T00:00:00.000Z";

/** One entry of a list of daily papers. */
export function formatHubItem(subject: HubSubject) {
  const { facts, base } = subject;
  const paper = formatHubPaper(subject);
  const { organization } = paper;
  return {
    paper,
    ...formatFront(subject, paper),
    submittedBy: formatSubmitter(facts, base),
    ...(organization ? { organization } : {}),
    isAuthorParticipating: false,
  };
}

/** One entry of the answer to a search; who put it forward is not said there. */
export function formatHubHit(subject: HubSubject) {
  const paper = formatCore(subject);
  const { title, summary } = paper;
  return {
    paper,
    ...formatFront(subject, paper),
    upvoted: false,
    isAuthorParticipating: false,
    highlightedTitle: [{ type: "text", text: title }],
    highlightedSummary: [{ type: "text", text: summary }],
  };
}

/** One row of the list of all papers. */
export function formatHubRow(subject: HubSubject) {
  const { id, title, upvotes, publishedAt, authors, summary, projectPage, organization } =
    formatHubPaper(subject);
  const thumbnailUrl = subject.base + links.thumbnail(subject.paper.id);
  const row = { id, title, thumbnailUrl, upvotes, publishedAt, authors, summary };
  return { ...row, ...(projectPage ? { projectPage } : {}), ...(organization ? { organization } : {}) };
}

/** What an entry repeats of its paper: programs read it here or there. */
function formatFront(subject: HubSubject, paper: { publishedAt: Instant; title: string; summary: string }) {
  const { publishedAt, title, summary } = paper;
  const thumbnail = subject.base + links.thumbnail(subject.paper.id);
  return { publishedAt, title, summary, thumbnail, numComments: subject.facts.comments ?? 0 };
}

/** The paper by itself, with who put it forward and from where. */
export function formatHubPaper(subject: HubSubject) {
  const { paper, facts, base } = subject;
  const { organisation, submittedOn } = facts;
  return {
    ...formatCore(subject),
    submittedOnDailyAt: (submittedOn ?? findPublication(paper, null).slice(0, 10)) + dayStart,
    submittedOnDailyBy: formatUser(nameOf(facts), base),
    ...(organisation ? { organization: formatOrganisation(organisation, base) } : {}),
  };
}

/** Everything the hub may leave out is left out where we know nothing. */
function formatCore({ paper, facts }: HubSubject) {
  const { githubRepo, projectPage } = findHubLinks(paper, facts.repository);
  const keywords = paper.details.keywords ?? [];
  const withdrawnAt = findWithdrawal(paper);
  return {
    id: formatHubId(paper),
    authors: paper.authors.map(({ name }, i) => ({ _id: hexId(`${paper.id}/${i}`), name, hidden: false })),
    publishedAt: findPublication(paper, facts.submittedOn),
    title: paper.titleText,
    summary: paper.abstractText,
    upvotes: facts.votes ?? 0,
    discussionId: hexId(`discussion of ${paper.id}`),
    ...(projectPage ? { projectPage } : {}),
    ...(githubRepo ? { githubRepo, githubRepoAddedBy: "auto" } : {}),
    ...(githubRepo && facts.stars !== null ? { githubStars: facts.stars } : {}),
    ...(keywords.length > 0 ? { ai_keywords: keywords } : {}),
    ...(withdrawnAt ? { withdrawnAt } : {}),
  };
}

/** The first version's time, else its day, else the year's first, else the day it was put forward. */
function findPublication(
  { versions, publishedOn, year }: Pick<Paper, "versions" | "publishedOn" | "year">,
  submittedOn: Day | null,
): Instant {
  const first = versions.find(({ number }) => number === 1)?.submittedAt;
  if (first !== undefined && !Number.isNaN(Date.parse(first))) return new Date(first).toISOString();
  return (publishedOn ?? (year === null ? submittedOn : `${pad(year)}-01-01`) ?? "1970-01-01") + dayStart;
}

function pad(year: number): string {
  return String(year).padStart(4, "0");
}

function findWithdrawal({ withdrawn, versions, updatedOn }: Paper): Instant | null {
  if (!withdrawn) return null;
  const notice = versions.findLast((version) => version.withdrawn)?.submittedAt;
  return notice ?? (updatedOn === null ? null : updatedOn + dayStart);
}

/** Programs read a submitter of every daily paper; where nobody put it forward, the instance itself did. */
function nameOf({ submitters }: PaperFacts): string {
  return submitters[0] ?? "Broadsheet";
}

/** A name as the hub writes accounts: letters and digits without blanks. */
export function formatAccountName(name: string): string {
  const plain = name.normalize("NFKC").replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return plain.replace(/^-+|-+$/g, "") || `reader-${hexId(name).slice(0, 6)}`;
}

/** Whoever is asked for as "Ada Lovelace", "ada-lovelace" or "AdaLovelace" is one. */
export function foldAccountName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

function formatUser(fullname: string, base: string) {
  const name = formatAccountName(fullname);
  const avatarUrl = base + links.avatar(hexId(fullname));
  return { _id: hexId(fullname), avatarUrl, isPro: false, fullname, user: name, type: "user", name };
}

function formatSubmitter(facts: PaperFacts, base: string) {
  const { user: _, ...user } = formatUser(nameOf(facts), base);
  return { ...user, isHf: false, isHfAdmin: false, isMod: false, isUserFollowing: false };
}

function formatOrganisation(fullname: string, base: string) {
  const name = formatAccountName(fullname);
  return { _id: hexId(fullname), name, fullname, avatar: base + links.avatar(hexId(fullname)) };
}

/** 24 hexadecimal digits, as the hub's own keys: the same text, the same key. */
function hexId(text: string): string {
  return hash("sha1", text, "hex").slice(0, 24);
}
