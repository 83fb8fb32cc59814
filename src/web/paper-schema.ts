// A paper in the words of schema.org, as JSON-LD for its page (https://schema.org/ScholarlyArticle).
import type { Identifier, Paper } from "../papers/paper.ts";
import type { PaperLink } from "./paper-links.ts";
import { safeHref } from "./safe-href.ts";

interface SchemaSubject {
  paper: Paper;
  identifiers: readonly Identifier[];
  paperLinks: readonly PaperLink[];
  /** Absolute address of the page. */
  url: string;
  /** Absolute address of its picture. */
  image: string;
}

/** Authors named one by one; a page of thousands would be for nobody. */
const mostAuthors = 200;

/** The text for the element; it can hold no end tag and no comment, whatever the paper says. */
export function formatPaperSchema(subject: SchemaSubject): string {
  const json = JSON.stringify(describe(subject));
  return json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function describe({ paper, identifiers, paperLinks, url, image }: SchemaSubject): Record<string, unknown> {
  const license = paper.details.license && safeHref(paper.details.license);
  return {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    headline: paper.titleText,
    name: paper.titleText,
    url,
    image,
    author: paper.authors.slice(0, mostAuthors).map(({ name, literal }) => ({
      "@type": literal ? "Organization" : "Person",
      name,
    })),
    datePublished: paper.publishedOn ?? (paper.year === null ? undefined : String(paper.year)),
    dateModified: paper.updatedOn ?? undefined,
    abstract: paper.abstractKind === "abstract" ? paper.abstractText : undefined,
    keywords: paper.details.keywords?.join(", "),
    isPartOf: paper.venue === null ? undefined : { "@type": "PublicationEvent", name: paper.venue },
    license: license || undefined,
    identifier: identifiers
      .filter(({ scheme }) => scheme === "arxiv" || scheme === "doi")
      .map(({ scheme, value }) => ({
        "@type": "PropertyValue",
        propertyID: scheme === "doi" ? "DOI" : "arXiv",
        value,
      })),
    sameAs: paperLinks.filter(({ kind }) => kind === "abstract").map(({ href }) => href),
    creativeWorkStatus: paper.withdrawn ? "Withdrawn" : undefined,
  };
}
