// One reader's issue: what it holds, and the letter made of it.
import type { Edition } from "../editions/edition.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import { joinPieces, type Letter } from "../mail/letter.ts";
import type { ChosenPaper } from "./choose.ts";
import { renderDigestHtml } from "./digest-html.tsx";
import { renderDigestText } from "./digest-text.ts";
import { formatCopyPass, formatMarkPasses, type MarkAct } from "./letter-pass.ts";
import { type PaperWords, subjectOf } from "./letter-words.ts";
import { formatWhen, type WishColumns } from "./wishes.ts";

/** A chosen paper with its words, and with the private addresses of what its reader may say to it. */
export interface IssueItem extends ChosenPaper {
  words: PaperWords;
  /** Absolute; null on a test copy. */
  marks: Record<MarkAct, string> | null;
}

/** What an issue shows of its editions. */
export interface IssueFacts {
  /** The latest edition. */
  day: Day;
  /** The first, where there are several. */
  from?: Day;
  number: number;
  firstNumber?: number;
  asOf: Instant;
  /** Papers in the editions. */
  held: number;
  /** What the archives announced and what of it is held; absent where the ledger does not know. */
  account?: string;
}

/** `editions`: oldest first, at least one. */
export function factsOf(
  editions: readonly Edition[],
  held: number,
  account: string | null = null,
): IssueFacts {
  const [first, last] = [editions[0]!, editions.at(-1)!];
  return {
    day: last.key,
    ...(editions.length > 1 ? { from: first.key, firstNumber: first.number } : {}),
    number: last.number,
    asOf: last.asOf,
    held,
    ...(account === null ? {} : { account }),
  };
}

export interface IssueContent {
  facts: IssueFacts;
  /** In the order of the letter. */
  items: readonly IssueItem[];
  /** Public address, without trailing slash. */
  baseUrl: string;
  /** Null on a test copy. */
  reader: IssueReader | null;
}

export interface IssueReader {
  /** The ways out and to the settings; null in the web copy, which may be looked at by others. */
  ways: { unsubscribeUrl: string; settingsUrl: string; copyUrl: string } | null;
  /** "every day at 08:40 (Europe/Berlin)" */
  when: string;
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
  const out = reader?.ways?.unsubscribeUrl;
  const pieces = { text: renderDigestText(issue), html: renderDigestHtml(issue) };
  return {
    to: address.to,
    from: { name: "Broadsheet", address: address.mailFrom },
    subject: subjectOf(facts, items),
    // Only who reads a letter here wants them whole; its message is made of the pieces.
    get text() {
      return joinPieces(pieces.text);
    },
    get html() {
      return joinPieces(pieces.html);
    },
    pieces,
    messageId: address.messageId,
    date: new Date(address.createdAt),
    ...(out ? { list: { name: "Broadsheet", id: listIdOf(address.mailFrom), unsubscribeUrl: out } } : {}),
  };
}

/** RFC 2919: a name within our own domain. */
function listIdOf(mailFrom: string): string {
  return `daily.${mailFrom.slice(mailFrom.lastIndexOf("@") + 1)}`;
}

/** Whose letter it is, and of which issue. */
export interface LetterOwner extends Pick<WishColumns, "zone" | "send_at" | "weekdays" | "rhythm"> {
  pk: number;
  token: string;
}

export function readerOf(owner: LetterOwner, issue: Day, baseUrl: string): IssueReader {
  const copy = formatCopyPass({ readerPk: owner.pk, issue }, owner.token);
  return {
    ways: {
      unsubscribeUrl: `${baseUrl}${links.unsubscribe(owner.token)}`,
      settingsUrl: `${baseUrl}${links.letterSettings(owner.token)}`,
      copyUrl: `${baseUrl}${links.letterCopy(copy)}`,
    },
    when: formatWhen(owner),
  };
}

/** What the reader may say to a paper of an issue, by private address. */
export function marksOf(
  owner: LetterOwner,
  issue: Day,
  paperPk: number,
  baseUrl: string,
): Record<MarkAct, string> {
  const { more, less, save } = formatMarkPasses({ readerPk: owner.pk, issue, paperPk }, owner.token);
  const urlOf = (pass: string) => `${baseUrl}${links.letterMark(pass)}`;
  return { more: urlOf(more), less: urlOf(less), save: urlOf(save) };
}
