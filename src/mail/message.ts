// Makes a letter a message: RFC 5322 and MIME, text part first, everything in 7 bits, the same bytes for the same letter.
import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import type { Letter } from "./letter.ts";

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

/** Text of a part: line ends as \n, no other controls than these and tabs. */
export function bodyText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(directionMarks, "")
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}

/** The whole message, lines ended by CRLF. Deterministic: boundary from the Message-ID, date from the letter. */
export async function buildMessage(letter: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: headerText(letter.from.name), address: letter.from.address },
    to: { name: "", address: letter.to },
    subject: subjectValue(letter.subject),
    date: letter.date,
    messageId: letter.messageId,
    // RFC 3834: keeps vacation robots quiet.
    headers: { "Auto-Submitted": "auto-generated", ...listHeaders(letter) },
    text: bodyText(letter.text),
    html: bodyText(letter.html),
    encoding: "quoted-printable",
    textEncoding: "quoted-printable",
    baseBoundary: createHash("sha256").update(letter.messageId).digest("hex").slice(0, 24),
    newline: "windows",
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
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
