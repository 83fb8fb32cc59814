// Makes a letter a message: RFC 5322 and MIME, text part first, everything in 7 bits, the same bytes for the same letter.
import { hash } from "node:crypto";
import { encodeWord, foldLines } from "nodemailer/lib/mime-funcs";
import MimeNode from "nodemailer/lib/mime-node";
import type { Letter, Pieces } from "./letter.ts";
import { encodeQuotedPrintable } from "./quoted-printable.ts";

/** Direction overrides and isolates can make a subject or name read as something else. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** One line for a header: no controls, no line ends, no direction marks, no halves of characters. */
export function headerText(text: string): string {
  return text
    .toWellFormed()
    .replace(directionMarks, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

/** A subject in ASCII that looks like an encoded word (RFC 2047) would be read as one: it is encoded itself. */
function subjectValue(subject: string): string {
  const text = headerText(subject);
  return text.includes("=?") ? encodeWord(text, "Q", 52) : text;
}

const plainText = /^[\t\n -~]*$/;

/** Text of a part: line ends as \n, no other controls than these and tabs. */
export function bodyText(text: string): string {
  if (plainText.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(directionMarks, "")
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}

/** The whole message, lines ended by CRLF. Deterministic: boundary from the Message-ID, date from the letter. */
export function buildMessage(letter: Letter): Buffer {
  // Quoted-printable never gives "=_".
  const boundary = `=_${hash("sha256", letter.messageId, "hex").slice(0, 24)}`;
  const head = [
    // RFC 3834: keeps vacation robots quiet.
    "Auto-Submitted: auto-generated",
    ...listHeaders(letter),
    sharedHeader(`From: ${letter.from.name} ${letter.from.address}`, () =>
      headerLine("From", { name: headerText(letter.from.name), address: letter.from.address }),
    ),
    headerLine("To", { name: "", address: letter.to }),
    sharedHeader(`Subject: ${letter.subject}`, () => headerLine("Subject", subjectValue(letter.subject))),
    headerLine("Message-ID", letter.messageId),
    sharedHeader(`Date: ${letter.date.toISOString()}`, () => headerLine("Date", letter.date)),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const { text, html } = letter.pieces ?? { text: [letter.text], html: [letter.html] };
  return joinAscii([
    `${head.join("\r\n")}\r\n\r\n--${boundary}\r\n${partHead("plain")}`,
    encodeBody(text),
    `\r\n--${boundary}\r\n${partHead("html")}`,
    encodeBody(html),
    `\r\n--${boundary}--\r\n`,
  ]);
}

/** As one string they would be copied once more. */
function joinAscii(texts: readonly string[]): Buffer {
  const message = Buffer.allocUnsafe(texts.reduce((length, text) => length + text.length, 0));
  let at = 0;
  for (const text of texts) at += message.write(text, at, "latin1");
  return message;
}

const mostHeaders = 100;
const sharedHeaders = new Map<string, string>();

/** A header line that many letters hold alike, made once for what it is made of. */
function sharedHeader(of: string, make: () => string): string {
  const line = sharedHeaders.get(of) ?? make();
  if (sharedHeaders.size >= mostHeaders) sharedHeaders.clear();
  sharedHeaders.set(of, line);
  return line;
}

function headerLine(name: string, value: HeaderValue): string {
  encoder ??= new MimeNode(false);
  return foldLines(`${name}: ${encoder.encodeHeaderValue(name, value)}`);
}

type HeaderValue = Parameters<typeof MimeNode.encodeHeaderValue>[1];

/** Kept: each new one draws random bytes, and it is asked for its encoding only. */
let encoder: MimeNode | null = null;

function partHead(subtype: "plain" | "html"): string {
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

function encodeBody(pieces: Pieces): string {
  return pieces.map((piece) => encodeQuotedPrintable(piece, bodyText)).join("\r\n");
}

/** RFC 2919, RFC 2369 and RFC 8058: exactly one https address, and the one-click promise. */
function listHeaders({ list, date }: Letter): string[] {
  if (!list) return [];
  const day = date.toISOString().slice(0, 10);
  const shared = (name: string, value: string) =>
    sharedHeader(`${name}: ${value}`, () => headerLine(name, value));
  return [
    "Precedence: bulk",
    shared("List-Id", `${headerText(list.name).replace(/[^\w .-]/g, "")} <${list.id}>`),
    headerLine("List-Unsubscribe", `<${list.unsubscribeUrl}>`),
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    // Campaign, customer, kind, sender: what Gmail's statistics of complaints are grouped by; nothing in it names a reader.
    shared("Feedback-ID", `${day}:${list.id}:letter:broadsheet`),
  ];
}
