// Checks one mail address as a person typed it. One plain addr-spec only (RFC 5321 §4.1.2, §4.5.3.1): what passes here can be
// put into an envelope or a header as it is, whatever the mail library makes of strings.
import { domainToASCII } from "node:url";

export interface MailAddress {
  /** As letters go to it: domain in lower case, internationalised domains in their ASCII form. */
  address: string;
  /** What "the same address" means: all in lower case. */
  key: string;
}

export type AddressProblem =
  | "empty"
  | "characters"
  | "one-at"
  | "local-part"
  | "local-part-long"
  | "domain"
  | "too-long";

/** Atoms joined by dots (RFC 5321 dot-string). No quoted strings: their quoting rarely survives the way. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domainLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Controls, soft hyphens, zero-width and direction marks, private and unassigned characters: never in an address. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Full-width and other compatibility forms are folded (NFKC) first; blanks around are ignored. Pure. */
export function parseAddress(text: string): MailAddress | { problem: AddressProblem } {
  if (text.length > 1_000) return { problem: "too-long" };
  const folded = text.normalize("NFKC").replace(/^ +| +$/g, "");
  if (folded === "") return { problem: "empty" };
  if (unseen.test(text) || unseen.test(folded)) return { problem: "characters" };
  const [local, domainText, ...rest] = folded.split("@");
  if (!local || domainText === undefined || rest.length > 0) return { problem: "one-at" };
  if (local.length > 64) return { problem: "local-part-long" };
  if (!localPart.test(local)) return { problem: "local-part" };
  const domain = parseDomain(domainText);
  if (!domain) return { problem: "domain" };
  const address = `${local}@${domain}`;
  return address.length > 254 ? { problem: "too-long" } : { address, key: address.toLowerCase() };
}

/** Lower case, IDN to ASCII, at least two labels, the last not a number; null for everything else ("[127.0.0.1]", "b"). */
function parseDomain(text: string): string | null {
  const lower = text.toLowerCase();
  const ascii = /^[\x20-\x7e]*$/.test(lower) ? lower : domainToASCII(lower);
  const labels = ascii.split(".");
  if (labels.length < 2 || ascii.length > 253) return null;
  if (!labels.every((label) => domainLabel.test(label))) return null;
  return /^\d+$/.test(labels.at(-1)!) ? null : ascii;
}

const explanations: Record<AddressProblem, string> = {
  empty: "Write the address the letter should go to.",
  characters: "The address holds a character that cannot be seen or is not allowed; type it afresh.",
  "one-at": "An address has one @, with a name before and a domain after it.",
  "local-part":
    "The part before the @ may hold letters a to z, digits, dots between them, and signs such as + - _.",
  "local-part-long": "The part before the @ may have at most 64 characters.",
  domain: "The part after the @ must be a full domain name, such as example.org.",
  "too-long": "An address may have at most 254 characters.",
};

/** One sentence for the person who typed it. */
export function explainAddress(problem: AddressProblem): string {
  return explanations[problem];
}
