// One paper of the ACL Anthology.
import { childOf, childrenOf, childText, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import type { Author, Identifier, Link, PaperRecord, SourceItem } from "../papers/paper.ts";
import { type AclVolume, markedText, paperId } from "./acl-volume.ts";
import { itemOf } from "./entries.ts";
import { addIdentifier, isRefusal, type Refusal, readDay, readLinks, readTitle } from "./fields.ts";
import { dropUndefined } from "./record-fields.ts";

export function readAclPaper(paper: XmlElement, volume: AclVolume): SourceItem | Refusal {
  const id = paperId(paper.attributes.get("id") ?? "", volume);
  if (id === null)
    return {
      refused: `${volume.collection}-${volume.id}.${paper.attributes.get("id") ?? ""} is no id of the Anthology`,
    };
  const element = (name: string) => childOf(paper, { name });
  const marked = (name: string) => {
    const found = element(name);
    return (found === undefined ? "" : markedText(found)) || undefined;
  };
  const title = readTitle(marked("title"));
  if (isRefusal(title)) return { refused: `${id}: ${title.refused}` };
  const abstract = marked("abstract");
  const pages = childText(paper, { name: "pages" });
  const withdrawn = element("retracted") !== undefined || element("removed") !== undefined;
  return itemOf(
    dropUndefined({
      source: "acl" as const,
      sourceId: id,
      identifiers: identifiersOf(id, paper),
      title,
      abstract,
      abstractKind: abstract === undefined ? undefined : ("abstract" as const),
      authors: readAuthors(paper),
      updatedOn: lastChange(paper),
      year: volume.year,
      venue: volume.venue,
      categories: [],
      versions: [],
      links: linksOf(id, paper),
      comments: remarksOf(paper),
      journalReference: [volume.booktitle, pages && `pages ${pages}`].filter(Boolean).join(", ") || undefined,
      award:
        childrenOf(paper, { name: "award" })
          .map((award) => textOf(award))
          .join("; ") || undefined,
      withdrawn: withdrawn || undefined,
    }),
  );
}

function identifiersOf(id: string, paper: XmlElement): Identifier[] {
  const identifiers: Identifier[] = [{ scheme: "acl", value: id }];
  addIdentifier(identifiers, childText(paper, { name: "doi" }), ["doi", "arxiv"]);
  return identifiers;
}

/** Names come taken apart; somebody without a first name has an empty one. */
function readAuthors(paper: XmlElement): Author[] {
  const authors: Author[] = [];
  for (const element of childrenOf(paper, { name: "author" })) {
    const given = childText(element, { name: "first" });
    const family = childText(element, { name: "last" });
    if (family === undefined) continue;
    const affiliation = childText(element, { name: "affiliation" });
    authors.push(
      dropUndefined({
        name: given === undefined ? family : `${given} ${family}`,
        family,
        given,
        affiliations: affiliation === undefined ? undefined : [affiliation],
      }),
    );
  }
  return authors;
}

function linksOf(id: string, paper: XmlElement): Link[] {
  const hasFile =
    childOf(paper, { name: "pdf" }) !== undefined || childOf(paper, { name: "url" }) !== undefined;
  const page = `https://aclanthology.org/${id}`;
  return readLinks([
    ["abstract", `${page}/`],
    ["pdf", hasFile ? `${page}.pdf` : undefined],
    ["code", childOf(paper, { name: "pwccode" })?.attributes.get("url")],
  ]);
}

/** Retraction, removal, errata and revisions, in words, because nothing else in a record holds them. */
function remarksOf(paper: XmlElement): string | undefined {
  const remarks: string[] = [];
  for (const name of ["retracted", "removed", "erratum", "revision"]) {
    for (const element of childrenOf(paper, { name })) {
      const day = readDay(element.attributes.get("date"));
      if (name === "revision" && day === undefined) continue;
      const why = name === "erratum" ? undefined : textOf(element);
      const dated = `${name[0]!.toUpperCase()}${name.slice(1)}${day === undefined ? "" : ` ${day}`}`;
      remarks.push(why === undefined ? dated : `${dated}: ${why.replace(/\s+/g, " ")}`);
    }
  }
  return remarks.join("; ") || undefined;
}

function lastChange(paper: XmlElement): PaperRecord["updatedOn"] {
  const changes = paper.children.flatMap((child) =>
    typeof child !== "string" && /^(?:erratum|revision|retracted|removed)$/.test(child.name)
      ? (readDay(child.attributes.get("date")) ?? [])
      : [],
  );
  return changes.sort().at(-1);
}
