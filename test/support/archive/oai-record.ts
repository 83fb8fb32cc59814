// Records of OAI-PMH in the archive's three metadata formats, with its oddities (PROTOCOLS: created is no creation date).
import { escapeMarkup, formatRfc822 } from "./markup.ts";
import { displayName, type WorldAuthor } from "./paper-text.ts";
import type { PaperView } from "./paper-view.ts";
import { findCategory, setOf } from "./taxonomy.ts";

export type Prefix = "oai_dc" | "arXiv" | "arXivRaw";

export const metadataFormats: Record<Prefix, { schema: string; namespace: string }> = {
  oai_dc: {
    schema: "https://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    namespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
  },
  arXiv: { schema: "https://oaipmh.arxiv.org/OAI/arXiv.xsd", namespace: "http://arxiv.org/OAI/arXiv/" },
  arXivRaw: {
    schema: "https://oaipmh.arxiv.org/OAI/arXivRaw.xsd",
    namespace: "http://arxiv.org/OAI/arXivRaw/",
  },
};

export function isPrefix(text: string): text is Prefix {
  return Object.hasOwn(metadataFormats, text);
}

export function renderHeader({ id, modifiedOn, categories }: PaperView): string {
  const sets = categories.map((category) => `\n            <setSpec>${setOf(category)}</setSpec>`).join("");
  return `        <header>
        <identifier>oai:arXiv.org:${id}</identifier>
        <datestamp>${modifiedOn}</datestamp>${sets}
    </header>
`;
}

export function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export function renderRecord(prefix: Prefix, view: PaperView): string {
  const metadata = { oai_dc: renderDublinCore, arXiv: renderArxiv, arXivRaw: renderArxivRaw }[prefix](view);
  return `                <record>
        ${renderHeader(view)}
            <metadata>
                        ${metadata}
            </metadata>
        </record>

`;
}

function open(prefix: "arXiv" | "arXivRaw"): string {
  const { schema, namespace } = metadataFormats[prefix];
  return `<${prefix} xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${namespace} ${schema}">`;
}

function element(name: string, text: string | null | undefined): string {
  return text ? `\n            <${name}>${escapeMarkup(text)}</${name}>` : "";
}

/** What both of arXiv's own formats end with. */
function renderCommon({ latest, categories, journalReference, doi, licence }: PaperView): string {
  const fields = [
    element("categories", categories.join(" ")),
    element("comments", latest.comments),
    element("journal-ref", journalReference),
    element("doi", doi),
    element("license", licence),
    element("abstract", latest.abstract),
  ];
  return fields.join("");
}

function renderArxiv(view: PaperView): string {
  const { id, latest, versions, authors, modifiedOn } = view;
  const touched = versions.length > 1 || view.journalReference !== null;
  return `${open("arXiv")}
        <id>${id}</id>
        <created>${dateOf(latest.submittedAt)}</created>${touched ? element("updated", modifiedOn) : ""}
        <authors>${authors.map(renderAuthor).join("")}
        </authors>${element("title", latest.title)}${renderCommon(view)}
    </arXiv>
`;
}

function renderAuthor({ given, family, suffix, affiliation }: WorldAuthor): string {
  const parts = [
    element("keyname", family),
    element("forenames", given),
    element("suffix", suffix),
    element("affiliation", affiliation),
  ];
  return `\n                <author>${parts.join("")}\n                </author>`;
}

function renderArxivRaw(view: PaperView): string {
  const { id, latest, versions, authors } = view;
  const history = versions.map(
    ({ number, submittedAt, sizeKb, withdrawn }) => `
            <version version="v${number}">
                <date>${formatRfc822(submittedAt)} GMT</date>
                <size>${sizeKb}kb</size>${sourceType(withdrawn, sizeKb)}
            </version>`,
  );
  const typed = authors.map(({ tex }) => tex).join(", ");
  return `${open("arXivRaw")}
        <id>${id}</id>${element("submitter", displayName(authors[0]!))}${history.join("")}${element("title", latest.title)}${element("authors", typed)}${renderCommon(view)}
    </arXivRaw>
`;
}

/** I: withdrawn; D: made with pdfTeX; most have none. */
function sourceType(withdrawn: boolean, sizeKb: number): string {
  const flag = withdrawn ? "I" : sizeKb % 4 === 0 ? "D" : "";
  return flag && `\n                <source_type>${flag}</source_type>`;
}

function renderDublinCore({
  id,
  latest,
  versions,
  authors,
  categories,
  journalReference,
  doi,
}: PaperView): string {
  const dc = (name: string, text: string | null | undefined) => element(`dc:${name}`, text);
  const dates = new Set([versions[0]!, latest].map(({ submittedAt }) => dateOf(submittedAt)));
  const fields = [
    dc("title", latest.title),
    ...authors.map(({ given, family, suffix }) =>
      dc("creator", `${family}${suffix ? ` ${suffix}` : ""}, ${given}`),
    ),
    ...categories.map((category) => dc("subject", findCategory(category)?.name)),
    dc("description", latest.abstract),
    dc("description", latest.comments),
    ...[...dates].map((date) => dc("date", date)),
    dc("type", "text"),
    dc("identifier", `http://arxiv.org/abs/${id}`),
    dc("identifier", journalReference),
    dc("identifier", doi && `doi:${doi}`),
  ];
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ https://www.openarchives.org/OAI/2.0/oai_dc.xsd">${fields.join("")}
    </oai_dc:dc>
`;
}
