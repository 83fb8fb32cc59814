// What machines read of a paper's page: Highwire tags for reference managers, Open Graph for previews, schema.org for search engines.
import { raw } from "hono/html";
import { thumbnailSize } from "../http/thumbnail.ts";
import type { Identifier, Paper } from "../papers/paper.ts";
import type { PaperLink } from "./paper-links.ts";
import { formatPaperSchema } from "./paper-schema.ts";

interface PaperHeadProps {
  paper: Paper;
  identifiers: readonly Identifier[];
  paperLinks: readonly PaperLink[];
  /** Absolute address of the page. */
  url: string;
  /** Absolute address of its picture. */
  image: string;
}

/** Reference managers take all authors; a page of thousands would be theirs to choke on. */
const maxAuthors = 1_000;

export function PaperHead(props: PaperHeadProps) {
  const { paper, url, image } = props;
  return (
    <>
      {highwireTags(props).map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content="Broadsheet" />
      <meta property="og:title" content={paper.titleText} />
      <meta property="og:description" content={describePaper(paper)} />
      <meta property="og:url" content={url} />
      <meta property="og:image" content={image} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(thumbnailSize.width)} />
      <meta property="og:image:height" content={String(thumbnailSize.height)} />
      <meta property="og:image:alt" content={paper.titleText} />
      <meta name="twitter:card" content="summary_large_image" />
      <script type="application/ld+json">{raw(formatPaperSchema(props))}</script>
    </>
  );
}

/** One or two sentences' worth of the abstract. */
export function describePaper({ abstractText, authors }: Paper): string {
  const text = abstractText || `By ${authors.map((author) => author.name).join(", ")}`;
  return text.length <= 300 ? text : `${text.slice(0, text.lastIndexOf(" ", 299))} …`;
}

type Tag = readonly [name: string, content: string];

/** Names as Google Scholar and Zotero read them. */
function highwireTags({ paper, identifiers, paperLinks, url }: PaperHeadProps): Tag[] {
  const identifierOf = (scheme: Identifier["scheme"]) =>
    identifiers.find((id) => id.scheme === scheme)?.value;
  const date = paper.publishedOn?.replaceAll("-", "/") ?? paper.year?.toString();
  const pdf = paperLinks.find((link) => link.kind === "pdf")?.href;
  const tags: [string, string | undefined][] = [
    ["citation_title", paper.titleText],
    ...paper.authors.slice(0, maxAuthors).map(({ name }): [string, string] => ["citation_author", name]),
    ["citation_publication_date", date],
    ["citation_conference_title", paper.venue ?? undefined],
    ["citation_arxiv_id", identifierOf("arxiv")],
    ["citation_doi", identifierOf("doi")],
    ["citation_abstract", paper.abstractKind === "abstract" ? paper.abstractText : undefined],
    ["citation_keywords", paper.details.keywords?.join("; ")],
    ["citation_pdf_url", pdf],
    ["citation_abstract_html_url", url],
  ];
  return tags.flatMap(([name, content]) => (content ? [[name, content]] : []));
}
