// The links of a paper's page for programs that follow typed links (signposting.org, level 1; RFC 8288, RFC 8574).
import { links } from "../links.ts";
import { doiLink } from "../papers/citation-fields.ts";
import { paperFileFormats } from "../papers/file-formats.ts";
import type { Identifier, Paper } from "../papers/paper.ts";
import { safeHref } from "./safe-href.ts";
import { absoluteUrl, type Site } from "./site.ts";

/** The value of the header Link: what to cite, where it is described, what it is. */
export function formatSignposts(
  site: Site,
  { paper, identifiers }: { paper: Paper; identifiers: readonly Identifier[] },
): string {
  const doi = identifiers.find(({ scheme }) => scheme === "doi")?.value;
  const arxiv = identifiers.find(({ scheme }) => scheme === "arxiv")?.value;
  const cited =
    doi !== undefined
      ? doiLink(doi)
      : arxiv !== undefined
        ? `https://arxiv.org/abs/${arxiv}`
        : absoluteUrl(site, links.paper(paper.id));
  const described = (["bibtex", "ris", "csl-json"] as const).map((name) => paperFileFormats[name]);
  const entries: [string | null | undefined, Record<string, string>][] = [
    [safeHref(cited), { rel: "cite-as" }],
    ...described.map((format): [string, Record<string, string>] => [
      absoluteUrl(site, links.citation(paper.id, format.extension)),
      { rel: "describedby", type: format.contentType.split(";")[0]! },
    ]),
    [absoluteUrl(site, links.paperJson(paper.id)), { rel: "describedby", type: "application/json" }],
    ["https://schema.org/ScholarlyArticle", { rel: "type" }],
    ["https://schema.org/AboutPage", { rel: "type" }],
    [paper.details.license && safeHref(paper.details.license), { rel: "license" }],
  ];
  return entries.flatMap(([href, words]) => (href ? [formatLink(href, words)] : [])).join(", ");
}

/** Addresses of harvested papers may hold anything; in a header only ASCII without angle brackets may stand. */
function formatLink(href: string, words: Record<string, string>): string {
  const plain = href.replace(/[^\x21-\x7e]|[<>"\\]/g, (character) =>
    encodeURIComponent(character.toWellFormed()),
  );
  return `<${plain}>${Object.entries(words)
    .map(([name, value]) => `; ${name}="${value}"`)
    .join("")}`;
}
