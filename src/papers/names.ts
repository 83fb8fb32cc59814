// Names of people as sources write them, taken apart: family, given, suffix, particles; collaborations stay whole.
import { toPlainText } from "../lib/plain-text.ts";
import type { Author } from "./paper.ts";
import { foldText } from "./title-key.ts";

const particles = new Set(
  `af al ap av bar bin da dal dalla das de dei del dela dell della delle den der des di do dos du e el ibn la las le les
  lo los op san st ste 't ten ter tot van vande vanden vander vd ver vom von y zu zum zur`.split(/\s+/),
);
const suffix = /^(?:jr|sr|junior|senior|ii|iii|iv|v)\.?$/i;
const organisation =
  /\b(?:collaborations?|consortium|consortia|team|project|group|initiative|network|association|society|committee|community|centre|center|institute|institut|laboratory|laboratories|university|foundation|company|corporation|associates|organi[sz]ation|agency|survey|members|contributors|inc|ltd|gmbh|llc)\b/i;
const etAl = /^(?:and\s+)?(?:et\.?\s*al(?:ii)?\.?|others|many others|etc\.?)$/i;
/** Longer "names" are prose that slipped into the field. */
const longestName = 300;

/** "Waldyr A. Rodrigues Jr" → its parts; null when nothing that could be a name is left. */
export function parseAuthorName(given: string, options: { affiliations?: string[] } = {}): Author | null {
  const name = cleanName(given);
  if (name === "" || name.length > longestName || etAl.test(name) || !/[\p{L}]/u.test(name)) return null;
  const author = organisation.test(name) ? { literal: true, name } : splitName(name);
  return options.affiliations?.length ? { ...author, affiliations: options.affiliations } : author;
}

/** Plain text; glued initials ("B.Alver") parted; DBLP's homonym number ("Grace Hopper 0001") and stray marks off. */
function cleanName(given: string): string {
  return toPlainText(given)
    .replace(/ \d{4}$/, "")
    .replace(/\.(?=\p{Lu}[\p{Ll}'’-])/gu, ". ")
    .replace(/^[\s,;*†‡§]+/, "")
    .replace(/[,;*†‡§]{1,20}$/, "")
    .trim();
}

function splitName(name: string): Author {
  const comma = name.indexOf(", ");
  if (comma > 0) return splitInverted(name, comma);
  const words = name.split(" ");
  const end = words.length > 2 && suffix.test(words.at(-1) ?? "") ? words.length - 1 : words.length;
  let start = end - 1;
  while (start > 1 && particles.has((words[start - 1] ?? "").toLowerCase())) start -= 1;
  if (end === 1) return { family: name, name };
  return withParts(
    name,
    words.slice(start, end).join(" "),
    words.slice(0, start).join(" "),
    words.slice(end).join(" "),
  );
}

/** "Quinn, A. J." and "Rodrigues, Waldyr A., Jr" are written family first; "John Smith, Jr" is not. */
function splitInverted(name: string, comma: number): Author {
  const family = name.slice(0, comma);
  const parts = name.slice(comma + 2).split(", ");
  const last = parts.at(-1) ?? "";
  if (suffix.test(last) && parts.length === 1) {
    const author = splitName(family);
    return { ...author, name: `${family} ${last}`, suffix: last };
  }
  const hasSuffix = suffix.test(last) && parts.length > 1;
  const given = (hasSuffix ? parts.slice(0, -1) : parts).join(" ");
  const written = [given, family, hasSuffix ? last : ""].filter((part) => part !== "").join(" ");
  return withParts(written, family, given, hasSuffix ? last : "");
}

function withParts(name: string, family: string, given: string, nameSuffix: string): Author {
  // In key order: such a value is written as it is (stableJson).
  const author: Author = given === "" ? { family, name } : { family, given, name };
  if (nameSuffix !== "") author.suffix = nameSuffix;
  return author;
}

/** One triple of the arXiv snapshot's authors_parsed: [family, given, suffix, ...affiliations]. */
export function parseAuthorTriple(triple: readonly string[]): Author | null {
  const [family, given, nameSuffix, ...affiliations] = triple.map((part) => toPlainText(part));
  const name = [given, family, nameSuffix].filter((part) => part !== undefined && part !== "").join(" ");
  if (family === undefined || family === "" || given === undefined || organisation.test(name)) {
    return parseAuthorName(name, { affiliations: affiliations.filter((part) => part !== "") });
  }
  if (etAl.test(name) || etAl.test(`${family} ${given}`) || name.length > longestName) return null;
  const author = withParts(name, family, given, nameSuffix ?? "");
  const known = affiliations.filter((part) => part !== "");
  return known.length > 0 ? { ...author, affiliations: known } : author;
}

/** Folded whole name, for author pages: "Jürgen Schmidhuber" and "jurgen schmidhuber" agree; "" when nothing is left. */
export function authorKey(name: string): string {
  return foldName(name);
}

/** Folded family name (of a collaboration: the whole name), which first authors are compared by. */
export function familyKey(author: Author): string {
  const family = author.literal ? author.name : (author.family ?? author.name.split(" ").at(-1) ?? "");
  return foldName(family) || foldName(author.name);
}

/** Letters that no decomposition takes to their base. */
const stroked: Record<string, string> = {
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ħ: "h",
  ı: "i",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/** Names of letters alone, with one space between the words: most are. */
const plainName = /^[A-Za-z]+(?: [A-Za-z]+)*$/;

function foldName(text: string): string {
  if (plainName.test(text)) return text.toLowerCase();
  const folded = foldText(toPlainText(text)).replace(/[øđðłħıæœþ]/g, (letter) => stroked[letter] ?? letter);
  return folded
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}
