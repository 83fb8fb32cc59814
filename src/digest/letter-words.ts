// The words that both parts of a letter and its subject share. Pure.
import { formatDayMonth } from "../lib/dates.ts";
import type { Paper } from "../papers/paper.ts";
import { shortSummary } from "../reading/key-sentences.ts";
import type { IssueContent, IssueItem } from "./issue.ts";

/** Longest title a letter shows; a longer one is hostile or broken. */
const maxTitleLength = 300;

/** The clean title, on one line, cut at a word when it is absurdly long. */
export function titleOf(paper: Paper): string {
  return clip(paper.titleText.replace(/\s+/g, " ").trim() || "Untitled", maxTitleLength);
}

/** Name and rest of "Soohak: A Benchmark …", for type; the rest is empty when there is no short name before a colon. */
export function splitTitle(title: string): { name: string; rest: string } {
  const match = /^(.{2,60}?): +(?=\S)(.*)$/u.exec(title);
  return match ? { name: `${match[1]}:`, rest: match[2]! } : { name: title, rest: "" };
}

export function summaryOf(paper: Paper): string {
  return paper.abstractText === "" ? "" : shortSummary(paper.abstractText);
}

/** "Guijin Son, Seungone Kim and 66 more · EleutherAI"; empty when nobody is named. */
export function byLineOf({ paper, organisation }: IssueItem): string {
  const names = paper.authors.map((author) => clip(author.name.replace(/\s+/g, " "), 60));
  const shown =
    names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
  return [shown, organisation ? clip(organisation.replace(/\s+/g, " "), 60) : ""].filter(Boolean).join(" · ");
}

/** "8.4 %" */
export function shareOf(item: IssueItem): string {
  return `${(item.share * 100).toFixed(1)} %`;
}

/** "Broadsheet, 12 May: Soohak and 11 more" */
export function subjectOf(day: string, items: readonly IssueItem[]): string {
  const [first, ...others] = items;
  const lead = first ? clip(splitTitle(titleOf(first.paper)).name.replace(/:$/, ""), 60) : "nothing new";
  return `Broadsheet, ${formatDayMonth(day)}: ${lead}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

/** "50 papers, the best 12 here" */
export function formatCounts({ facts: { held }, items }: IssueContent): string {
  const papers = `${held.toLocaleString("en-US")} ${held === 1 ? "paper" : "papers"}`;
  return held > items.length ? `${papers}, ${items.length} of them here` : papers;
}

/** At most `length` characters and an ellipsis, before a blank where there is one, never half a character. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length + 1);
  const space = head.lastIndexOf(" ");
  return `${(space > length / 2 ? head.slice(0, space) : head.slice(0, length)).toWellFormed().replace(/[\ufffd\s,;:–—-]+$/u, "")} …`;
}
