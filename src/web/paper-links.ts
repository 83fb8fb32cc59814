// The addresses a paper leads to: harvested ones, and those that follow from its identifiers. All pass safeHref.
import type { Identifier, LinkKind, Paper } from "../papers/paper.ts";
import { linkLabels } from "../papers/paper-markdown.ts";
import { safeHref } from "./safe-href.ts";

export interface PaperLink {
  kind: LinkKind;
  label: string;
  href: string;
}

const order: readonly LinkKind[] = ["abstract", "pdf", "html", "code", "project", "site"];

/** In the order readers want them, each address once. */
export function listPaperLinks(paper: Pick<Paper, "links">, identifiers: readonly Identifier[]): PaperLink[] {
  const harvested = paper.links.map(({ kind, url }) => ({ kind, url, label: linkLabels[kind] }));
  const found = new Map<string, PaperLink>();
  for (const { kind, url, label } of [...identifiers.flatMap(linksOfIdentifier), ...harvested]) {
    const href = safeHref(url);
    if (href && !found.has(keyOf(href))) found.set(keyOf(href), { kind, label, href });
  }
  return [...found.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** The same page under http, with "www.", a version or ".pdf" is the same address. */
function keyOf(href: string): string {
  return href
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, "")
    .replace(/(\.pdf|\/)$/, "")
    .replace(/^(arxiv\.org\/\w+\/.+?)v\d+$/, "$1");
}

type Derived = { kind: LinkKind; url: string; label: string };

/** arXiv makes HTML of papers since December 2023 only. */
const firstArxivHtml = "2312";

function linksOfIdentifier({ scheme, value }: Identifier): Derived[] {
  if (scheme === "arxiv") return linksOfArxiv(value);
  if (scheme === "doi")
    return [{ kind: "abstract", url: `https://doi.org/${encodePath(value)}`, label: `DOI ${value}` }];
  if (scheme === "acl")
    return [
      { kind: "abstract", url: `https://aclanthology.org/${encodePath(value)}/`, label: `ACL ${value}` },
    ];
  if (scheme === "openreview") {
    const url = `https://openreview.net/forum?id=${encodeURIComponent(value)}`;
    return [{ kind: "abstract", url, label: "OpenReview" }];
  }
  return [];
}

function linksOfArxiv(id: string): Derived[] {
  const derived: Derived[] = [
    { kind: "abstract", url: `https://arxiv.org/abs/${encodePath(id)}`, label: `arXiv ${id}` },
    { kind: "pdf", url: `https://arxiv.org/pdf/${encodePath(id)}`, label: "PDF" },
  ];
  const hasHtml = /^\d{4}\./.test(id) && id.slice(0, 4) >= firstArxivHtml && id.slice(0, 2) < "90";
  if (hasHtml) derived.push({ kind: "html", url: `https://arxiv.org/html/${encodePath(id)}`, label: "HTML" });
  return derived;
}

function encodePath(value: string): string {
  return value.split("/").map(encodeURIComponent).join("/");
}
