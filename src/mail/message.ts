// Makes a letter a message: RFC 5322 and MIME, text part first, everything in 7 bits, the same bytes for the same letter.
import { createHash } from "node:crypto";
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
  const boundary = `=_${createHash("sha256").update(letter.messageId).digest("hex").slice(0, 24)}`;
  const head = [
    // RFC 3834: keeps vacation robots quiet.
    "Auto-Submitted: auto-generated",
    ...Object.entries(listHeaders(letter)).map(([name, value]) => headerLine(name, value)),
    headerLine("From", { name: headerText(letter.from.name), address: letter.from.address }),
    headerLine("To", { name: "", address: letter.to }),
    headerLine("Subject", subjectValue(letter.subject)),
    headerLine("Message-ID", letter.messageId),
    headerLine("Date", letter.date),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const { text, html } = letter.pieces ?? { text: [letter.text], html: [letter.html] };
  const parts = [bodyPart("plain", text), bodyPart("html", html)];
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}--${boundary}--\r\n`, "latin1");
}

function headerLine(name: string, value: HeaderValue): string {
  return foldLines(`${name}: ${MimeNode.encodeHeaderValue(name, value)}`);
}

type HeaderValue = Parameters<typeof MimeNode.encodeHeaderValue>[1];

function bodyPart(subtype: "plain" | "html", pieces: Pieces): string {
  const body = pieces.map((piece) => encodeQuotedPrintable(piece, bodyText)).join("\r\n");
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;
}

/** RFC 2919, RFC 2369 and RFC 8058: exactly one https address, and the one-click promise. */
function listHeaders({ list, date }: Letter): Record<string, string> {
  if (!list) return {};
  return {
    Precedence: "bulk",
    "List-Id": `${headerText(list.name).replace(/[^\w .-]/g, "")} <${list.id}>`,
    "List-Unsubscribe": `<${list.unsubscribeUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    // Campaign, customer, kind, sender: what Gmail's statistics of complaints are grouped by; nothing in it names a reader.
    "Feedback-ID": `${date.toISOString().slice(0, 10)}:${list.id}:letter:broadsheet`,
  };
}
