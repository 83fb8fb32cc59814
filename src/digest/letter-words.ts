// The words that both parts of a letter and its subject share. Pure.
import type { Day } from "../lib/clock.ts";
import { formatDayMonth, formatDayRange, formatLongDay } from "../lib/dates.ts";
import type { Paper } from "../papers/paper.ts";
import { shortSummary } from "../reading/key-sentences.ts";
import type { Part } from "./choose.ts";
import type { IssueContent, IssueFacts, IssueItem } from "./issue.ts";

/** What a letter says of a paper, TeX already Unicode. */
export interface PaperWords {
  id: string;
  title: string;
  /** "Guijin Son, Seungone Kim and 66 more · EleutherAI"; empty when nobody is named. */
  byLine: string;
  /** Empty without an abstract. */
  summary: string;
}

/** Longest title a letter shows; a longer one is hostile or broken. */
const maxTitleLength = 300;

export function wordsOf(paper: Paper, organisation: string | null): PaperWords {
  return {
    id: paper.id,
    title: clip(oneLine(paper.titleText) || "Untitled", maxTitleLength),
    byLine: byLineOf(paper, organisation),
    summary: paper.abstractText === "" ? "" : shortSummary(paper.abstractText),
  };
}

function byLineOf({ authors }: Paper, organisation: string | null): string {
  const names = authors.map(({ name }) => clip(oneLine(name), 60));
  const shown =
    names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
  return [shown, organisation ? clip(oneLine(organisation), 60) : ""].filter(Boolean).join(" · ");
}

/** Name and rest of "Soohak: A Benchmark …", for type; the rest is empty when there is no short name before a colon. */
export function splitTitle(title: string): { name: string; rest: string } {
  const match = /^(.{2,60}?): +(?=\S)(.*)$/u.exec(title);
  return match ? { name: `${match[1]}:`, rest: match[2]! } : { name: title, rest: "" };
}

/** "8.4 %" */
export function shareOf(item: Pick<IssueItem, "share">): string {
  return `${(item.share * 100).toFixed(1)} %`;
}

type Dated = Pick<IssueFacts, "day" | "from">;

/** "Broadsheet, 12 May: Soohak and 11 more" */
export function subjectOf(facts: Dated, items: readonly IssueItem[]): string {
  const [first, ...others] = items;
  const lead = first ? clip(splitTitle(first.words.title).name.replace(/:$/, ""), 60) : "nothing new";
  return `Broadsheet, ${formatDays(facts)}: ${lead}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

/** "12 May", "6 to 12 May", "30 April to 6 May" */
function formatDays({ day, from = day }: Dated): string {
  if (from === day) return formatDayMonth(day);
  const start = from.slice(0, 7) === day.slice(0, 7) ? String(Number(from.slice(8))) : formatDayMonth(from);
  return `${start} to ${formatDayMonth(day)}`;
}

/** "Tuesday 12 May 2026, No. 487", "6 to 12 May 2026, No. 483 to 487" */
export function formatHead({ day, from = day, number, firstNumber = number }: IssueFacts): string {
  return from === day
    ? `${formatLongDay(day)}, No. ${number}`
    : `${formatDayRange(from, day)}, No. ${firstNumber} to ${number}`;
}

/** "50 papers, 12 of them here" */
export function formatCounts({ facts: { held }, items }: IssueContent): string {
  const papers = `${held.toLocaleString("en-US")} ${held === 1 ? "paper" : "papers"}`;
  const here = countOfEditions(items);
  return held > here ? `${papers}, ${here} of them here` : papers;
}

/** "8 more in the edition of the day", "The edition of the day" */
export function formatMore({ facts, items }: IssueContent): string {
  const more = facts.held - countOfEditions(items);
  const where =
    facts.from === undefined || facts.from === facts.day ? "edition of the day" : "editions of these days";
  return more > 0 ? `${more.toLocaleString("en-US")} more in the ${where}` : `The ${where}`;
}

function countOfEditions(items: readonly IssueItem[]): number {
  return items.filter(({ part }) => part !== "updated").length;
}

const partNames: Record<Part, string> = {
  edition: "The best of the edition",
  own: "Your own picks",
  updated: "Updated since you had them",
};

/** The parts of an issue with their headings; no heading where the edition's best is all there is. */
export function partsOf(items: readonly IssueItem[]): { heading: string | null; items: IssueItem[] }[] {
  const parts = [...Map.groupBy(items, ({ part }) => part)];
  const alone = parts.length === 1 && parts[0]![0] === "edition";
  return parts.map(([part, list]) => ({ heading: alone ? null : partNames[part], items: list }));
}

/** "11 May: 1,412 announced, 1,412 held; 12 May: …" over several days, as it is for one. */
export function joinAccounts(accounts: readonly { day: Day; account: string | null }[]): string | null {
  const told = accounts.flatMap(({ day, account }) => (account === null ? [] : [{ day, account }]));
  if (accounts.length === 1) return told[0]?.account ?? null;
  return told.map(({ day, account }) => `${formatDayMonth(day)}: ${account}`).join("; ") || null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** At most `length` characters and an ellipsis, before a blank where there is one, never half a character. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length + 1);
  const space = head.lastIndexOf(" ");
  return `${(space > length / 2 ? head.slice(0, space) : head.slice(0, length)).toWellFormed().replace(/[\ufffd\s,;:–—-]+$/u, "")} …`;
}
