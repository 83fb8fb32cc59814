// The plain text part of an issue: the same papers as the HTML part, for terminals and for readers who prefer it.
import { formatLongDay, formatTime } from "../lib/dates.ts";
import { links } from "../links.ts";
import { rule, spread, wrapText } from "../mail/plain-part.ts";
import type { IssueContent, IssueItem } from "./issue.ts";
import { byLineOf, formatCounts, shareOf, summaryOf, titleOf } from "./letter-words.ts";

const indent = "     ";
/** In per cent: what fits a line of 72 columns. */
const longestBar = 28;

export function renderDigestText(issue: IssueContent): string {
  const { facts, items, baseUrl } = issue;
  const more = facts.held - items.length;
  return `${[
    spread("BROADSHEET", `${formatLongDay(facts.day)}, No. ${facts.number}`),
    spread("The daily of research papers", `as of ${formatTime(facts.asOf)}`),
    rule("="),
    spread(formatCounts(issue), "== 1 % of the day's score"),
    ...(facts.account ? [wrapText(`${facts.account}.`)] : []),
    ...wayOut(issue),
    rule("="),
    "",
    ...items.flatMap((item) => [renderPaper(item, baseUrl), ""]),
    rule("-"),
    more > 0 ? `${more} more in the edition of the day:` : "The edition of the day:",
    `${baseUrl}${links.day(facts.day)}`,
    "",
    ...closing(issue),
  ].join("\n")}\n`;
}

function renderPaper(item: IssueItem, baseUrl: string): string {
  const title = titleOf(item.paper);
  const bar = "==".repeat(Math.min(longestBar, Math.max(1, Math.round(item.share * 100))));
  const summary = summaryOf(item.paper);
  const byLine = byLineOf(item);
  return [
    wrapText(item.rank === 1 ? title.toUpperCase() : title, {
      first: `${String(item.rank).padStart(3)}  `,
      indent,
    }),
    `${indent}${bar} ${shareOf(item)}`,
    ...(byLine ? [wrapText(byLine, { first: indent, indent })] : []),
    wrapText(`∵ ${item.reason}`, { first: indent, indent: `${indent}  ` }),
    ...(summary ? [wrapText(summary, { first: indent, indent })] : []),
    `${indent}${baseUrl}${links.paper(item.paper.id)}`,
  ].join("\n");
}

function wayOut({ reader }: IssueContent): string[] {
  return reader ? [wrapText(`Stop this letter: ${reader.unsubscribeUrl}`)] : [];
}

function closing(issue: IssueContent): string[] {
  const { reader } = issue;
  if (!reader) return ["A test copy, sent by the owner of this Broadsheet; nobody subscribed."];
  const asked = `You asked for this letter at ${reader.sendAt} by your clock (${reader.zone}). No paper comes twice.`;
  return [wrapText(asked), ...wayOut(issue)];
}
