// Every way people write the identifier of a paper, read into one canonical form. Identifiers are text, never numbers.
import type { Identifier } from "./paper.ts";

/** An identifier as written somewhere: arXiv ones may name a version. */
export type ParsedIdentifier = Identifier & { version?: number };

const longestIdentifier = 512;
const newArxiv = /^(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v([1-9]\d{0,3}))?$/i;
const oldArxiv = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?\/(\d{2})(0[1-9]|1[0-2])(\d{3})(?:v([1-9]\d{0,3}))?$/i;
const oldArchives = new Set(
  `acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
  funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
  q-alg q-bio quant-ph solv-int supr-con`.split(/\s+/),
);
const arxivDoi = /^10\.48550\/arxiv\.(.+)$/i;
const doi = /^10\.\d{4,9}(?:\.\d+)*\/[^\s"<>]*[^\s"<>.,;]$/;
const doiWithAngles = /^10\.\d{4,9}(?:\.\d+)*\/\S*[^\s.,;]$/;
/** P19-1001, 2020.acl-main.447, 2022.findings-emnlp.12 */
const acl = /^(?:[a-z]\d{2}-\d{4,5}|(?:19|20)\d{2}\.[a-z0-9]+(?:_[a-z0-9]+)*-[a-z0-9_]+\.\d{1,5})$/i;
const openReview = /^[A-Za-z0-9_-]{8,16}$/;

/** Reads any known form (bare, prefixed, DOI, address); null when it is none or damaged (2503.0213, month 13). */
export function parseIdentifier(text: string): ParsedIdentifier | null {
  const given = text.trim();
  if (given === "" || given.length > longestIdentifier) return null;
  if (/^https?:\/\//i.test(given)) return parseAddress(given);
  const prefixed = /^(arxiv|doi|acl|openreview|conference|listing|broadsheet|oai:arxiv\.org)\s*:\s*/i.exec(
    given,
  );
  const rest = prefixed === null ? given : given.slice(prefixed[0].length);
  switch (prefixed?.[1]?.toLowerCase()) {
    case undefined:
      return parseArxiv(rest) ?? parseDoi(rest) ?? parseAcl(rest) ?? parseHostless(rest);
    case "arxiv":
    case "oai:arxiv.org":
      return parseArxiv(rest);
    case "doi":
      return parseDoi(rest) ?? (/^https?:\/\//i.test(rest) ? parseAddress(rest) : null);
    case "acl":
      return parseAcl(rest);
    case "openreview":
      return parseOpenReview(rest);
    default:
      return rest === ""
        ? null
        : { scheme: prefixed?.[1]?.toLowerCase() as Identifier["scheme"], value: rest };
  }
}

/** The arXiv id in canonical form: no version, no subject class, lower case. */
export function parseArxiv(text: string): ParsedIdentifier | null {
  const given = text.trim();
  return parseNewArxiv(given) ?? parseOldArxiv(given);
}

function parseNewArxiv(text: string): ParsedIdentifier | null {
  const match = newArxiv.exec(text);
  if (match === null) return null;
  const [, year = "", month = "", number = "", version] = match;
  // Four digits from April 2007, five from January 2015: anything else went through a number type and lost a zero.
  const period = Number(year + month);
  if (period < 704 || number.length !== (period < 1501 ? 4 : 5) || Number(number) === 0) return null;
  return withVersion(`${year}${month}.${number}`, version);
}

function parseOldArxiv(text: string): ParsedIdentifier | null {
  const match = oldArxiv.exec(text);
  if (match === null) return null;
  const [, archive = "", year = "", month = "", number = "", version] = match;
  const period = Number(year) * 100 + Number(month);
  // From July 1991 to March 2007.
  if (!oldArchives.has(archive.toLowerCase()) || (period > 703 && period < 9107)) return null;
  return withVersion(`${archive.toLowerCase()}/${year}${month}${number}`, version);
}

function withVersion(value: string, version: string | undefined): ParsedIdentifier {
  return version === undefined
    ? { scheme: "arxiv", value }
    : { scheme: "arxiv", value, version: Number(version) };
}

/** DOI in lower case (they compare so); those arXiv mints for its papers are the arXiv id. */
export function parseDoi(text: string): ParsedIdentifier | null {
  const given = text.trim();
  const ofArxiv = arxivDoi.exec(given);
  if (ofArxiv !== null) return parseArxiv(ofArxiv[1] ?? "");
  // Old Wiley and BioOne DOIs truly hold <, > and ;
  if (!doi.test(given) && !(doiWithAngles.test(given) && /</.test(given) && />/.test(given))) return null;
  return { scheme: "doi", value: given.toLowerCase() };
}

function parseAcl(text: string): ParsedIdentifier | null {
  const given = text.trim();
  if (!acl.test(given)) return null;
  return { scheme: "acl", value: /^[a-z]\d/i.test(given) ? given.toUpperCase() : given.toLowerCase() };
}

function parseOpenReview(text: string): ParsedIdentifier | null {
  return openReview.test(text) ? { scheme: "openreview", value: text } : null;
}

/** "arxiv.org/abs/2606.10420" as people paste it, without the scheme. */
function parseHostless(text: string): ParsedIdentifier | null {
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+$/i.test(text) ? parseAddress(`https://${text}`) : null;
}

function parseAddress(text: string): ParsedIdentifier | null {
  const address = URL.parse(text);
  if (address === null) return null;
  const host = address.hostname.replace(/^(?:www|export|dx|browse|api2?)\./, "");
  const path = decodePath(address.pathname);
  if (path === null) return null;
  if (
    host === "arxiv.org" ||
    host === "alphaxiv.org" ||
    host === "ar5iv.org" ||
    host === "ar5iv.labs.arxiv.org"
  ) {
    return parseArxiv(
      path.replace(/^\/(?:abs|pdf|html|format|e-print|ps|overview|src)\//, "").replace(trailing, ""),
    );
  }
  if (host === "huggingface.co" || host === "hf.co") {
    const match = /^\/(?:api\/)?papers\/(.+)$/.exec(path);
    return match === null ? null : parseArxiv((match[1] ?? "").replace(trailing, ""));
  }
  if (host === "doi.org") return parseDoi(path.slice(1));
  if (host === "aclanthology.org" || host === "aclweb.org") {
    return parseAcl(
      path.replace(/^\/(?:anthology\/)?(?:papers\/[A-Z]\/[A-Z]\d\d\/)?/, "").replace(trailing, ""),
    );
  }
  if (host === "openreview.net") return parseOpenReview(address.searchParams.get("id") ?? "");
  return parseDoi(publisherPath.exec(path)?.[1]?.replace(trailing, "") ?? "");
}

/** link.springer.com/chapter/10.…, dl.acm.org/doi/abs/10.…: publishers write the DOI into the path. */
const publisherPath =
  /^\/(?:chapter|article|book|content\/pdf|doi(?:\/(?:abs|full|pdf|epdf|book))?)\/(10\.\d{4,9}\/[^\s]+)$/;
const trailing = /(?:\.pdf|\.md|\.html|\.bib|\/)+$/i;

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The form two identifiers are compared in: arXiv's own DOIs become arXiv ids, DOIs lower case. Unknown forms stay. */
export function canonicalIdentifier(identifier: Identifier): Identifier {
  const { scheme } = identifier;
  const value = identifier.value.trim();
  const parsed =
    scheme === "arxiv"
      ? parseArxiv(value)
      : scheme === "doi"
        ? parseDoi(value)
        : scheme === "acl"
          ? parseAcl(value)
          : null;
  return parsed === null ? { scheme, value } : { scheme: parsed.scheme, value: parsed.value };
}

/** "arxiv:2606.10420", "doi:10.1000/x": what parseIdentifier reads back. */
export function formatIdentifier(identifier: Identifier): string {
  return `${identifier.scheme}:${identifier.value}`;
}
