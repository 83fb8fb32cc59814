// One reader's issue: what it holds, and the letter made of it.
import type { Edition, EditionItem } from "../editions/edition.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { renderDigestHtml } from "./digest-html.tsx";
import { renderDigestText } from "./digest-text.ts";
import { subjectOf } from "./letter-words.ts";

/** What an issue shows of a paper of the edition. */
export type IssueItem = Pick<EditionItem, "paper" | "rank" | "share" | "step" | "reason" | "organisation">;

/** What an issue shows of the edition itself. */
export interface IssueFacts {
  day: Day;
  number: number;
  asOf: Instant;
  /** Papers in the edition. */
  held: number;
  /** What the archives announced that day and what of it is held; absent where the ledger does not know. */
  account?: string;
}

export function factsOf(edition: Edition, account: string | null = null): IssueFacts {
  const { key, number, asOf, counts } = edition;
  return { day: key, number, asOf, held: counts.held, ...(account === null ? {} : { account }) };
}

export interface IssueContent {
  facts: IssueFacts;
  /** The chosen papers, in rank order. */
  items: readonly IssueItem[];
  /** Public address, without trailing slash. */
  baseUrl: string;
  /** Null on a test copy. */
  reader: IssueReader | null;
}

export interface IssueReader {
  unsubscribeUrl: string;
  zone: string;
  sendAt: string;
}

export interface IssueAddress {
  to: string;
  mailFrom: string;
  messageId: string;
  createdAt: Instant;
}

/** Both parts list the same papers. Deterministic: the same issue is the same letter. */
export function composeDigest(issue: IssueContent, address: IssueAddress): Letter {
  const { facts, items, reader } = issue;
  return {
    to: address.to,
    from: { name: "Broadsheet", address: address.mailFrom },
    subject: subjectOf(facts.day, items),
    text: renderDigestText(issue),
    html: renderDigestHtml(issue),
    messageId: address.messageId,
    date: new Date(address.createdAt),
    ...(reader
      ? {
          list: { name: "Broadsheet", id: listIdOf(address.mailFrom), unsubscribeUrl: reader.unsubscribeUrl },
        }
      : {}),
  };
}

/** RFC 2919: a name within our own domain. */
function listIdOf(mailFrom: string): string {
  return `daily.${mailFrom.slice(mailFrom.lastIndexOf("@") + 1)}`;
}

export function readerOf(
  subscriber: { token: string; zone: string; send_at: string },
  baseUrl: string,
): IssueReader {
  const unsubscribeUrl = `${baseUrl}${links.unsubscribe(subscriber.token)}`;
  return { unsubscribeUrl, zone: subscriber.zone, sendAt: subscriber.send_at };
}
