// The prefix oai_dc of arXiv's OAI-PMH: Dublin Core, which every archive must serve. Poorer than arXiv's own prefixes:
// categories only by the record's sets, identifiers among other texts, but the day of the first version.
import { parseInstant } from "../lib/written-date.ts";
import { childrenOf, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { arxivRecord } from "./arxiv-fields.ts";
import type { OaiHeader } from "./arxiv-oai-record.ts";
import { isRefusal, type Refusal } from "./fields.ts";

export const dcFormatNamespace = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const dcNamespace = "http://purl.org/dc/elements/1.1/";

/** The metadata itself has only addresses of the paper: its id and the day of the statement come from the header. */
export function readDublinCore(
  body: XmlElement,
  header: OaiHeader,
  { id, statedAt }: { id: string; statedAt: string | undefined },
): PaperRecord | Refusal {
  const texts = (name: string) =>
    childrenOf(body, { name, namespace: dcNamespace })
      .map(textOf)
      .filter((text) => text !== undefined);
  const [abstract, comments] = texts("description");
  const dois = texts("identifier").filter((text) => parseIdentifier(text)?.scheme === "doi");
  const record = arxivRecord({
    source: "arxiv-api",
    id,
    title: texts("title")[0],
    abstract,
    comments,
    authors: texts("creator")
      .map((name) => parseAuthorName(name))
      .filter((author) => author !== null),
    categories: [...new Set(header.sets.map(categoryOfSet))],
    dois: dois.map((doi) => doi.replace(/^doi:/i, "")).join(" "),
    statedAt,
  });
  return isRefusal(record) ? record : { ...record, ...daysOf(texts("date")) };
}

/** The first date is that of the first version, the last that of the current one. */
function daysOf(dates: string[]): Partial<PaperRecord> {
  const first = parseInstant(dates[0] ?? "")?.day;
  const last = parseInstant(dates.at(-1) ?? "")?.day;
  if (first === undefined || last === undefined) return {};
  return { publishedOn: first, updatedOn: last, year: Number(first.slice(0, 4)) };
}

/** "math:math:MP" → "math.MP", "physics:math-ph" → "math-ph", "cs" → "cs". */
export function categoryOfSet(set: string): string {
  const [group = "", archive = group, category] = set.split(":");
  return category === undefined ? archive : `${archive}.${category}`;
}
