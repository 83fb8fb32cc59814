// What is sent: an edition as JSON of our own, or as a message that Slack and whatever reads its format show. Pure.
import type { Edition, EditionItem } from "../editions/edition.ts";
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
    rank,
    id: paper.id,
    title: paper.titleText,
    authors: paper.authors.slice(0, shownAuthors).map(({ name }) => toPlainText(name)),
    author_count: paper.authors.length,
    share: Number(share.toFixed(4)),
    reason,
    votes,
    url: baseUrl + links.paper(paper.id),
  };
}

function slackMessage(edition: Edition, baseUrl: string) {
  const { kind, key, items } = edition;
  const title = `Broadsheet, ${key}: ${items.length} ${items.length === 1 ? "paper" : "papers"}`;
  const url = baseUrl + links.edition(kind, key);
  const lines = items.slice(0, slackPapers).map((item) => slackLine(item, baseUrl));
  const more = items.length - lines.length;
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
function slackLine({ rank, reason, paper }: EditionItem, baseUrl: string): string {
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
