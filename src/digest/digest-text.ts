// The plain text part of an issue: the same papers as the HTML part, for terminals and for readers who prefer it.
import { formatTime } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { Pieces } from "../mail/letter.ts";
import { rule, spread, wrapText } from "../mail/plain-part.ts";
import type { IssueContent, IssueItem } from "./issue.ts";
import { markActs } from "./letter-pass.ts";
import { formatCounts, formatHead, formatMore, partsOf, shareOf } from "./letter-words.ts";
import { memoByPaper, memoByReason } from "./paper-memo.ts";

const indent = "     ";
/** In per cent: what fits a line of 72 columns. */
const longestBar = 28;

export function renderDigestText(issue: IssueContent): Pieces {
  const { facts, items, baseUrl } = issue;
  return [
    spread("BROADSHEET", formatHead(facts)),
    spread("The daily of research papers", `as of ${formatTime(facts.asOf)}`),
    rule("="),
    spread(formatCounts(issue), "== 1 % of the day's score"),
    ...(facts.account ? [wrapText(`${facts.account}.`)] : []),
    ...wayOut(issue),
    rule("="),
    "",
    ...partsOf(items).flatMap(({ heading, items: papers }) => [
      ...(heading === null ? [] : [heading.toUpperCase(), rule("-"), ""]),
      ...papers.flatMap((item) => [...renderPaper(item, baseUrl), ""]),
    ]),
    rule("-"),
    `${formatMore(issue)}:`,
    `${baseUrl}${links.day(facts.day)}`,
    "",
    ...closing(issue),
    "",
  ];
}

function renderPaper(item: IssueItem, baseUrl: string): Pieces {
  const { above, below } = sharedLines(item, baseUrl);
  return [above, sharedReason(item.reason), below, ...markLines(item)];
}

const sharedReason = memoByReason((reason) => ({
  lines: wrapText(`∵ ${reason}`, { first: indent, indent: `${indent}  ` }),
}));

const sharedLines = memoByPaper(({ words, rank, part, share }, baseUrl) => {
  const bar = "==".repeat(Math.min(longestBar, Math.max(1, Math.round(share * 100))));
  const place = (rank === null ? "*" : String(rank)).padStart(3);
  const title = rank === 1 && part === "edition" ? words.title.toUpperCase() : words.title;
  const above = [
    wrapText(title, { first: `${place}  `, indent }),
    ...(rank === null ? [] : [`${indent}${bar} ${shareOf({ share })}`]),
    ...(words.byLine ? [wrapText(words.byLine, { first: indent, indent })] : []),
  ];
  const below = [
    ...(words.summary ? [wrapText(words.summary, { first: indent, indent })] : []),
    `${indent}${baseUrl}${links.paper(words.id)}`,
  ];
  return { above: { lines: above.join("\n") }, below: { lines: below.join("\n") } };
});

/** One address a line: terminals know where it ends. */
function markLines({ marks }: IssueItem): string[] {
  return marks === null ? [] : markActs.map((act) => `${indent}${act.padEnd(4)} ${marks[act]}`);
}

function wayOut({ reader }: IssueContent): string[] {
  return reader?.ways ? [wrapText(`Stop this letter: ${reader.ways.unsubscribeUrl}`)] : [];
}

function closing(issue: IssueContent): string[] {
  const { reader } = issue;
  if (!reader) return ["A test copy, sent by the owner of this Broadsheet; nobody subscribed."];
  const asked = wrapText(`You asked for this letter ${reader.when}. No paper comes twice.`);
  if (!reader.ways) return [asked];
  return [
    asked,
    wrapText(`Hour, days, a pause, how many papers: ${reader.ways.settingsUrl}`),
    wrapText(`This letter on the web, for you alone: ${reader.ways.copyUrl}`),
    ...wayOut(issue),
  ];
}
