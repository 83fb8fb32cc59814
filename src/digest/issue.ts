// One reader's issue: what it holds, and the letter made of it.
import type { Edition, EditionItem } from "../editions/edition.ts";
import type { Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { renderDigestHtml } from "./digest-html.tsx";
import { renderDigestText } from "./digest-text.ts";
import { subjectOf } from "./letter-words.ts";

export interface IssueContent {
  edition: Edition;
  /** The chosen papers, in rank order. */
  items: readonly EditionItem[];
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
  const { edition, items, reader } = issue;
  return {
    to: address.to,
    from: { name: "Broadsheet", address: address.mailFrom },
    subject: subjectOf(edition.key, items),
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
