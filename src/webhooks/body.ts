// What is sent: an edition, or a reader's picks of it, as JSON of our own, or as a message that Slack and whatever reads its
// format show. Pure.
import type { Edition, EditionItem } from "../editions/edition.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { links } from "../links.ts";
import type { WebhookShape } from "./webhook.ts";

/** Bodies stay near the 20 KiB that Standard Webhooks advises. */
const jsonPapers = 30;
const slackPapers = 10;
const shownAuthors = 5;

export function formatBody(shape: WebhookShape, edition: Edition, baseUrl: string): string {
  return JSON.stringify(shape === "slack" ? slackMessage(edition, baseUrl) : editionEvent(edition, baseUrl));
}

/** A message to see whether anything arrives. */
export function formatTestBody(shape: WebhookShape, baseUrl: string, at: string): string {
  const text = `A test from the Broadsheet at ${baseUrl}`;
  return JSON.stringify(shape === "slack" ? { text } : { type: "test", timestamp: at, data: { text } });
}

function editionEvent(edition: Edition, baseUrl: string) {
  const { key, kind, number, asOf, items } = edition;
  return {
    type: "edition.published",
    timestamp: asOf,
    data: {
      edition: key,
      kind,
      number,
      as_of: asOf,
      url: baseUrl + links.edition(kind, key),
      held: items.length,
      papers: items.slice(0, jsonPapers).map((item) => describe(item, baseUrl)),
    },
  };
}

function describe({ rank, share, reason, votes, paper }: EditionItem, baseUrl: string) {
  return {
    ...describePaper({ rank, paper }, baseUrl),
    share: Number(share.toFixed(4)),
    reason,
    votes,
  };
}

type Ranked = Pick<EditionItem, "rank" | "paper">;

function describePaper({ rank, paper }: Ranked, baseUrl: string) {
  return {
    rank,
    id: paper.id,
    title: paper.titleText,
    authors: paper.authors.slice(0, shownAuthors).map(({ name }) => toPlainText(name)),
    author_count: paper.authors.length,
    url: baseUrl + links.paper(paper.id),
  };
}

/** A reader's picks out of one day's edition, best first. */
export interface PickedIssue {
  day: Day;
  asOf: Instant;
  papers: (Ranked & Pick<EditionItem, "votes"> & { reasons: readonly string[] })[];
}

export function formatPicksBody(shape: WebhookShape, picked: PickedIssue, baseUrl: string): string {
  return JSON.stringify(shape === "slack" ? slackPicks(picked, baseUrl) : picksEvent(picked, baseUrl));
}

function picksEvent({ day, asOf, papers }: PickedIssue, baseUrl: string) {
  return {
    type: "picks.published",
    timestamp: asOf,
    data: {
      edition: day,
      as_of: asOf,
      url: baseUrl + links.day(day),
      papers: papers.map(({ reasons, votes, ...ranked }) => ({
        ...describePaper(ranked, baseUrl),
        reasons: reasons.map((reason) => shorten(reason, 300)),
        votes,
      })),
    },
  };
}

function slackPicks({ day, papers }: PickedIssue, baseUrl: string) {
  const title = `Broadsheet, your picks of ${day}: ${papers.length} ${papers.length === 1 ? "paper" : "papers"}`;
  const items = papers.map(({ reasons, ...ranked }) => ({ ...ranked, reason: reasons[0] ?? "" }));
  return slackBlocks({ title, url: baseUrl + links.day(day), items, more: 0 }, baseUrl);
}

function slackMessage({ kind, key, items }: Edition, baseUrl: string) {
  const title = `Broadsheet, ${key}: ${items.length} ${items.length === 1 ? "paper" : "papers"}`;
  const url = baseUrl + links.edition(kind, key);
  const shown = items.slice(0, slackPapers);
  return slackBlocks({ title, url, items: shown, more: items.length - shown.length }, baseUrl);
}

interface SlackPage {
  title: string;
  url: string;
  items: readonly (Ranked & { reason: string })[];
  more: number;
}

function slackBlocks({ title, url, items, more }: SlackPage, baseUrl: string) {
  const lines = items.map((item) => slackLine(item, baseUrl));
  return {
    text: title,
    blocks: [
      { type: "header", text: { type: "plain_text", text: title, emoji: false } },
      ...lines.map((text) => ({ type: "section", text: { type: "mrkdwn", text } })),
      {
        type: "context",
        elements: [
          { type: "mrkdwn", text: `<${url}|${more > 0 ? `${more} more on the page` : "The page"}>` },
        ],
      },
    ],
  };
}

/** A title that holds "<!channel>" wakes nobody. */
function slackLine({ rank, reason, paper }: SlackPage["items"][number], baseUrl: string): string {
  const names = paper.authors.slice(0, 3).map(({ name }) => toPlainText(name));
  const others = paper.authors.length > names.length ? " and others" : "";
  const title = escapeSlack(shorten(paper.titleText.replaceAll("|", "¦"), 300));
  return `${rank}. <${baseUrl}${links.paper(paper.id)}|${title}>\n${escapeSlack(shorten(`${names.join(", ")}${others} · ${reason}`, 300))}`;
}

function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
