// One string of authors, as archives write it: "A. One (1 and 2), B. Two and C. Three, for the X Collaboration".
import { toPlainText } from "../lib/plain-text.ts";
import { parseAuthorName } from "./names.ts";
import type { Author } from "./paper.ts";

/** More authors than the longest real list (about 5,200) several times over; the rest of a hostile list is left out. */
const mostAuthors = 20_000;

/**
 * Splits outside parentheses at commas, semicolons and "and"; what stands in parentheses after a name is its
 * affiliation, unless it is a remark ("for the PHENIX Collaboration"). "et al" is dropped.
 */
export function parseAuthorList(given: string): Author[] {
  const authors: Author[] = [];
  const text = toPlainText(given);
  // bioRxiv and PubMed write "Family, I.; Family, I.": there commas do not separate.
  const separators = text.includes("; ") ? ";" : ",;";
  for (const part of splitOutsideParentheses(text, separators)) {
    if (authors.length >= mostAuthors) break;
    for (const author of readPart(part)) authors.push(author);
  }
  return joinSuffixes(authors);
}

/** Stands in a name for each pair of parentheses taken out of it; clean text holds no such character. */
const cut = "\u0002";

interface Part {
  name: string;
  remarks: string[];
}

function splitOutsideParentheses(text: string, separators: string): Part[] {
  const parts: Part[] = [];
  let part: Part = { name: "", remarks: [] };
  let remark = "";
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (depth > 0) remark += character;
    else if (separators.includes(character)) {
      parts.push(part);
      part = { name: "", remarks: [] };
    } else part.name += character;
    if (character !== ")" || depth === 0) continue;
    depth -= 1;
    if (depth > 0) continue;
    part.remarks.push(remark.slice(1, -1).trim());
    part.name += cut;
    remark = "";
  }
  parts.push(part);
  return parts;
}

function readPart({ name, remarks }: Part): Author[] {
  const authors: Author[] = [];
  let taken = 0;
  for (const one of name.replace(/^\s*(?:and|&)\s+/i, "").split(/\s+(?:and|&)\s+/)) {
    const count = one.split(cut).length - 1;
    const affiliations = remarks.slice(taken, taken + count).filter(isAffiliation);
    taken += count;
    for (const person of splitHeading(one.replaceAll(cut, " "))) {
      const author = parseAuthorName(person, { affiliations });
      if (author !== null) authors.push(author);
    }
  }
  return authors;
}

function isAffiliation(remark: string): boolean {
  return remark !== "" && !/^(?:for|on behalf|with|deceased)\b/i.test(remark);
}

/** "The BABAR Collaboration: B. Aubert" names both; "for the ILL collaboration …" is prose that names the collaboration. */
function splitHeading(name: string): string[] {
  const heading = /^([^:]{1,200}\bcollaborations?)\s*:\s*(.*)$/i.exec(name.trim());
  if (heading !== null) return [heading[1] ?? "", heading[2] ?? ""].map(stripRole);
  return [stripRole(name)];
}

function stripRole(name: string): string {
  const role = /^\s*(?:(?:for|on behalf of)\s+)?(?:the\s+)?([^:]{1,120}?\bcollaborations?)\b/i.exec(name);
  return role?.[1] ?? name.trim();
}

/** "Waldyr Rodrigues, Jr" was split at its comma. */
function joinSuffixes(authors: Author[]): Author[] {
  const joined: Author[] = [];
  for (const author of authors) {
    const before = joined.at(-1);
    if (before !== undefined && before.literal !== true && /^(?:Jr|Sr|II|III|IV)\.?$/.test(author.name)) {
      before.name = `${before.name} ${author.name}`;
      before.suffix = author.name;
    } else joined.push(author);
  }
  return joined;
}
