// What RIS and CSL-JSON say alike of a paper: its text, its dates, its identifiers and where they lead.
import type { Day } from "../lib/clock.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { formatIdentifier } from "./identifiers.ts";
import type { Identifier, Paper } from "./paper.ts";

/**
 * The clean text, on one line. Text that would not be the same when it is cleaned again (it speaks of "&lt;" or of TeX)
 * goes out as it was given, so that it means the same when it comes back.
 */
export function oneLineText(given: string, clean: string): string {
  const text = toPlainText(clean) === clean ? clean : given;
  return text.replace(/\s+/g, " ").trim();
}

/**
 * The year of the citation, the day where it falls in that year, and the day the paper was first posted where it does
 * not: a preprint of November is cited with the conference of the next summer.
 */
export function statedDates(paper: Paper): {
  year: number | null;
  day: Day | undefined;
  postedOn: Day | undefined;
} {
  const { year, publishedOn } = paper;
  if (publishedOn === null) return { year, day: undefined, postedOn: undefined };
  const ofDay = Number(publishedOn.slice(0, 4));
  return year === null || year === ofDay
    ? { year: ofDay, day: publishedOn, postedOn: undefined }
    : { year, day: undefined, postedOn: publishedOn };
}

/** "arXiv:2606.10420", as others write it; for a paper that nothing but we know, "broadsheet:k3vq80rd". */
export function mainIdentifier(paper: Paper, identifiers: readonly Identifier[]): string | undefined {
  const arxiv = identifiers.find(({ scheme }) => scheme === "arxiv")?.value;
  if (arxiv !== undefined) return `arXiv:${arxiv}`;
  const isKnown = identifiers.some(({ scheme }) => addresses.has(scheme));
  return isKnown ? undefined : formatIdentifier({ scheme: "broadsheet", value: paper.id });
}

const addresses = new Map<Identifier["scheme"], string>([
  ["arxiv", "https://arxiv.org/abs/"],
  ["acl", "https://aclanthology.org/"],
  ["openreview", "https://openreview.net/forum?id="],
  ["doi", "https://doi.org/"],
]);

/** Addresses of the paper at those who gave its identifiers, in their order; the first DOI has a field of its own. */
export function identifierLinks(identifiers: readonly Identifier[]): string[] {
  const first = identifiers.find(({ scheme }) => scheme === "doi");
  return identifiers.flatMap((identifier) => {
    const address = addresses.get(identifier.scheme);
    return address === undefined || identifier === first ? [] : [address + encodePath(identifier.value)];
  });
}

/** "https://doi.org/10.1000/x" of a DOI, which may hold anything (DOI Handbook 2.2.2; to be encoded as 3.8.2 has it). */
export function doiLink(doi: string): string {
  return `https://doi.org/${encodePath(doi)}`;
}

/** An identifier's slashes lead on; nothing else of it may end the path. */
function encodePath(identifier: string): string {
  return encodeURI(identifier.toWellFormed()).replace(/[?#]/g, encodeURIComponent);
}

/** The one address where a paper is found by its identifiers: the archive's before that of the DOI. */
export function mainLink(identifiers: readonly Identifier[]): string | undefined {
  const doi = identifiers.find(({ scheme }) => scheme === "doi")?.value;
  return identifierLinks(identifiers)[0] ?? (doi === undefined ? undefined : doiLink(doi));
}
