// Fields of JSON nobody vouches for, read one by one: the right kind of value, or nothing. None of these throws.
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import { longestAbstract, longestTitle } from "../papers/limits.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { Author, Identifier, Link, LinkKind } from "../papers/paper.ts";

/** An object out of JSON.parse. Own properties only are read, so a "__proto__" in a file is one more unknown field. */
export type Fields = Record<string, unknown>;

/** Why an entry cannot be taken. */
export interface Refusal {
  refused: string;
}

export function isRefusal(value: unknown): value is Refusal {
  return isFields(value) && typeof value.refused === "string" && Object.keys(value).length === 1;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text that is not blank, as given. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** The title, or why there is none. */
export function readTitle(value: unknown): string | Refusal {
  if (typeof value !== "string" || value.trim() === "") return { refused: "it has no title" };
  if (value.length <= longestTitle) return value;
  return { refused: `its title has ${count(value.length)} characters, more than ${count(longestTitle)}` };
}

/** The abstract where there is one; a refusal when it is too long to be one. */
export function readAbstract(value: unknown): string | undefined | Refusal {
  const abstract = readText(value);
  if (abstract === undefined || abstract.length <= longestAbstract) return abstract;
  return {
    refused: `its abstract has ${count(abstract.length)} characters, more than ${count(longestAbstract)}`,
  };
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** The entry's own id: text, because a number has already lost its zeros ("2503.02130" → 2503.0213). */
export function readId(value: unknown, name: string): string | Refusal {
  if (typeof value === "number")
    return { refused: `its ${name} is a number, which loses zeros; it must be text` };
  const id = readText(value)?.trim();
  return id === undefined ? { refused: `it has no ${name}` } : id;
}

/** An array of names or of { name, hidden } objects, or one text; people who are hidden stay hidden. */
export function readAuthors(value: unknown): Author[] | Refusal {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return parseAuthorList(value);
  if (!Array.isArray(value)) return { refused: "its authors are neither a list nor text" };
  const authors: Author[] = [];
  for (const element of value) {
    const name = isFields(element) ? (element.hidden === true ? undefined : element.name) : element;
    const author = typeof name === "string" ? parseAuthorName(name) : null;
    if (author !== null) authors.push(author);
  }
  return authors;
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})(?=$|T)/;
/** The last real day met: rows of a dump that stand together mostly have one. */
let lastDay: Day | undefined;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A real calendar day at the beginning of an ISO date or date-time; 2026-13-45 and 2026-02-30 are none. */
export function readDay(value: unknown): Day | undefined {
  if (typeof value !== "string" || value.length > 40) return undefined;
  const day = dayPattern.exec(value)?.[0];
  if (day === undefined || day === lastDay) return day;
  const time = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 2026-02-30 for 2 March.
  if (Number.isNaN(time) || dayOf(new Date(time)) !== day) return undefined;
  lastDay = day;
  return day;
}

/** An ISO date-time with its zone, as UTC with milliseconds. */
export function readInstant(value: unknown): Instant | undefined {
  if (readDay(value) === undefined || !instantPattern.test(value as string)) return undefined;
  const time = Date.parse(value as string);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

export function readYear(value: unknown): number | undefined {
  const year = typeof value === "string" && /^\d{4}$/.test(value) ? Number(value) : value;
  return Number.isInteger(year) && (year as number) >= 1400 && (year as number) <= 2200
    ? (year as number)
    : undefined;
}

/** Zero or more of something. */
export function readCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

const longestAddress = 2_000;

/** An absolute http(s) address; "github.com/a/b" gets its scheme. */
export function readAddress(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > longestAddress) return undefined;
  // Several addresses in one field: the first.
  const given = value.trim().split(/;\s/, 1)[0] ?? "";
  const full = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]|$)/i.test(given) ? `https://${given}` : given;
  if (!/^https?:\/\/[^\s/]/i.test(full)) return undefined;
  const address = URL.parse(full);
  // Names and passwords in an address are a trick or a leak.
  if (address === null || address.username !== "" || address.password !== "") return undefined;
  return full.replace(/\s/g, "%20");
}

const repository =
  /https?:\/\/(?:www\.)?(?:github|gitlab|bitbucket|codeberg|huggingface)\.[a-z]{2,3}\/[^\s()[\]<>"]+/i;

/** The repository in a text that is more than an address: "[![github](icon.svg) a/b](https://github.com/a/b)". */
function findRepository(value: unknown): string | undefined {
  return typeof value === "string"
    ? readAddress(repository.exec(value.slice(0, longestAddress))?.[0])
    : undefined;
}

/** Links of the kinds whose address can be read, in the order given. */
export function readLinks(addresses: [LinkKind, unknown][]): Link[] {
  const links: Link[] = [];
  for (const [kind, value] of addresses) {
    const url = readAddress(value) ?? (kind === "code" ? findRepository(value) : undefined);
    if (url !== undefined) links.push({ kind, url });
  }
  return links;
}

/** Adds the identifier a text holds, of one of the schemes, unless it is there already. */
export function addIdentifier(
  identifiers: Identifier[],
  value: unknown,
  schemes: Identifier["scheme"][],
): void {
  const found = typeof value === "string" ? parseIdentifier(value) : null;
  if (found === null || !schemes.includes(found.scheme)) return;
  const { scheme, value: known } = found;
  if (!identifiers.some((other) => other.scheme === scheme && other.value === known)) {
    identifiers.push({ scheme, value: known });
  }
}
