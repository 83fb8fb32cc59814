// Reads a message that came back: what it is, about whom, about which letter. It may come from anybody, so nothing in it is
// believed here; who acts on it checks whose letter it was (digest/returns.ts).
import PostalMime, { type Attachment, type Email } from "postal-mime";
import { classifyReply, findReplyCode, findStatus, type ReplyClass } from "./classify-reply.ts";
import { type FieldGroup, parseDeliveryStatus, parseFieldGroups } from "./delivery-status.ts";

export type ReturnClass = ReplyClass | "complaint";

/** What is said of one recipient. */
export interface RecipientReport {
  class: ReturnClass;
  /** How the report names the recipient, best first; often changed on the way or left out. */
  addresses: string[];
  status: string | null;
  /** The server's words, one line. */
  detail: string | null;
}

export interface ReturnedMail {
  /** "auto-reply" and "none" ask for nothing. */
  kind: "bounce" | "complaint" | "auto-reply" | "none";
  /** Of a bounce one each recipient, of a complaint one. */
  reports: RecipientReport[];
  /** Where it arrived, and the envelope sender it quotes: places of a return path of ours. */
  returnPaths: string[];
  /** Message-IDs of the letter it encloses or answers. */
  messageIds: string[];
}

const mostReports = 50;

/** Message-IDs and return paths that are looked at. */
const mostNames = 20;

/** Never throws for what is in the message. */
export async function parseReturnedMail(raw: Uint8Array): Promise<ReturnedMail> {
  const mail = await readMime(raw);
  if (!mail) return { kind: "none", reports: [], returnPaths: [], messageIds: [] };
  const { quoted, told } = splitText(mail, raw);
  const feedback = partsOf(mail, "message/feedback-report").flatMap(parseFieldGroups);
  const reports = readReports(mail, feedback, told);
  const kind = reports ? reports.kind : isAutoReply(mail) ? "auto-reply" : "none";
  return {
    kind,
    reports: reports?.reports.slice(0, mostReports) ?? [],
    returnPaths: returnPathsOf(mail, feedback, quoted).slice(0, mostNames),
    messageIds: messageIdsOf(quoted).slice(0, mostNames),
  };
}

/** One class for the whole message, the gravest of its recipients; null when there is nothing to act on. */
export function gravestClass({ reports }: Pick<ReturnedMail, "reports">): ReturnClass | null {
  const order: ReturnClass[] = ["complaint", "hard", "blocked", "soft"];
  return order.find((wanted) => reports.some((report) => report.class === wanted)) ?? null;
}

async function readMime(raw: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 20 });
  } catch {
    return null;
  }
}

type Reports = { kind: "bounce" | "complaint"; reports: RecipientReport[] };

function readReports(mail: Email, feedback: readonly FieldGroup[], told: string): Reports | null {
  if (feedback.length > 0) return readFeedback(feedback);
  const parts = partsOf(mail, "message/delivery-status");
  const statuses = (parts.length === 0 && isFromDaemon(mail) ? [told] : parts).flatMap(parseDeliveryStatus);
  if (statuses.length > 0) {
    const reports = statuses.flatMap(({ addresses, action, status, diagnostic }) => {
      if (action !== "failed" && action !== "delayed" && action !== "") return [];
      const text = diagnostic ?? replyIn(told) ?? told;
      const found = action === "delayed" ? "soft" : classifyReply({ status, text });
      return [{ class: found, addresses, status: status && findStatus(status), detail: oneLine(text) }];
    });
    return { kind: "bounce", reports };
  }
  return isFromDaemon(mail) ? readText(told) : null;
}

/** RFC 5965 §3.5, RFC 6591, RFC 6430: "not-spam" takes a complaint back, "auth-failure" is about our own signing. */
function readFeedback(groups: readonly FieldGroup[]): Reports {
  const values = (name: string) => groups.flatMap((group) => group.get(name) ?? []);
  const type = values("feedback-type")[0]?.toLowerCase() ?? "abuse";
  if (type === "not-spam") return { kind: "complaint", reports: [] };
  const addresses = values("original-rcpt-to").map((value) => value.replace(/^<|>$/g, ""));
  const found = type === "auth-failure" ? "blocked" : "complaint";
  return { kind: "complaint", reports: [{ class: found, addresses, status: null, detail: oneLine(type) }] };
}

/** A bounce in words only, as older servers write them: there must be a server's reply in it. */
function readText(told: string): Reports | null {
  const reply = replyIn(told);
  if (reply === null) return null;
  const report = {
    class: classifyReply({ status: null, text: reply }),
    addresses: told.match(/[^\s<>"'()[\]:;,]{1,64}@[a-z0-9.-]{1,200}[a-z0-9]/gi)?.slice(0, 1) ?? [],
    status: findStatus(reply),
    detail: oneLine(reply),
  };
  return { kind: "bounce", reports: [report] };
}

/** From the first line with a server's reply to the end of its paragraph; null when none is quoted. */
function replyIn(text: string): string | null {
  for (const paragraph of text.split(/\n[ \t]*\n/)) {
    const lines = paragraph.split("\n");
    const first = lines.findIndex(
      (line) => /(^|[^\d.])[45]\d\d[ -]/.test(line) && findReplyCode(line) !== null,
    );
    if (first < 0 && findStatus(paragraph) === null) continue;
    // What stands before it may say more: "unknown user" of the program that stores mail.
    return lines.slice(Math.max(0, first - 2)).join(" ");
  }
  return null;
}

const daemons = /^(mailer-?daemon|postmaster|mail-?delivery|mdaemon|mail\.?system)\b/i;

function isFromDaemon(mail: Email): boolean {
  const from = mail.from && "address" in mail.from ? (mail.from.address ?? "") : "";
  return daemons.test(from) || daemons.test(headerOf(mail, "from"));
}

/** RFC 3834 §5, and what was usual before it. */
function isAutoReply(mail: Email): boolean {
  if (isFromDaemon(mail)) return false;
  if (/^auto-/i.test(headerOf(mail, "auto-submitted"))) return true;
  if (/^auto[-_]?reply/i.test(headerOf(mail, "precedence"))) return true;
  const marks = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation"];
  if (marks.some((name) => headerOf(mail, name) !== "")) return true;
  if (/vacation/i.test(headerOf(mail, "x-apple-action"))) return true;
  return /^(re: *)?(auto(matic|mated)?[ -]?(reply|response|answer)|out of (the )?office|vacation reply|away from)/i.test(
    mail.subject ?? "",
  );
}

function headerOf(mail: Email, name: string): string {
  return mail.headers.find(({ key }) => key === name)?.value.trim() ?? "";
}

/** Where the letter that came back begins, in reports that quote it in their text. */
const quoteBegins =
  /^[ \t>-]*(original message( headers)?|this is a copy of|below this line is a copy|included is a copy|message headers? follow|bounced e-?mail|returned message)\b.*$|^(return-path|received): /im;

/** The letter's headers as quoted, in a part of its own or at the end of the text; and the words before it. */
function splitText(mail: Email, raw: Uint8Array): { quoted: string; told: string } {
  const whole = mail.text ?? (mail.html === undefined ? bodyOf(mail, raw) : stripTags(mail.html));
  const text = whole.replace(/\r\n?/g, "\n").slice(0, 100_000);
  const at = quoteBegins.exec(text)?.index ?? text.length;
  const enclosed = [...partsOf(mail, "message/rfc822"), ...partsOf(mail, "text/rfc822-headers")];
  return { told: text.slice(0, at), quoted: [...enclosed, text.slice(at)].join("\n\n") };
}

/** Of a multipart whose boundaries were damaged on the way nothing can be taken apart: then the body as it stands. */
function bodyOf(mail: Email, raw: Uint8Array): string {
  if (mail.attachments.length > 0) return "";
  const text = new TextDecoder().decode(raw.subarray(0, 200_000)).replace(/\r\n?/g, "\n");
  const end = text.indexOf("\n\n");
  return end < 0 ? "" : text.slice(end + 2);
}

function stripTags(html: string): string {
  return html.slice(0, 200_000).replace(/<[^<>]{0,1000}>/g, " ");
}

function partsOf(mail: Email, type: string): string[] {
  return mail.attachments.filter(({ mimeType }) => mimeType.toLowerCase() === type).map(textOf);
}

function textOf({ content }: Attachment): string {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content.slice(0, 200_000));
  return text.replace(/\r\n?/g, "\n");
}

function returnPathsOf(mail: Email, feedback: readonly FieldGroup[], quoted: string): string[] {
  const arrived = mail.headers
    .filter(({ key }) => ["delivered-to", "x-original-to", "envelope-to", "to"].includes(key))
    .flatMap(({ value }) => addressesIn(value));
  const reported = feedback.flatMap((group) => (group.get("original-mail-from") ?? []).flatMap(addressesIn));
  const enclosed = [...quoted.matchAll(/^(?:return-path|x-original-from|x-envelope-from)[ \t]*:(.*)$/gim)];
  return [...arrived, ...reported, ...enclosed.flatMap(([, value]) => addressesIn(value!))];
}

function addressesIn(value: string): string[] {
  return value.slice(0, 5_000).match(/[^\s<>"'(),:;]{1,200}@[^\s<>"'(),:;]{1,200}/g) ?? [];
}

function messageIdsOf(quoted: string): string[] {
  const unfolded = quoted.replace(/\n[ \t]+/g, " ");
  return [...unfolded.matchAll(/^message-id[ \t]*:[ \t]*(<[!-;=?-~]{1,500}>)/gim)].map((match) => match[1]!);
}

/** One line for a record. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
