// What a volume of the ACL Anthology says of all its papers: book, venue, year, and how their ids are made.
import { childOf, childrenOf, childText, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import { readYear } from "./fields.ts";

export interface AclVolume {
  collection: string;
  id: string;
  booktitle: string | undefined;
  /** "ACL", or the title of the book for a workshop without a name of its own. */
  venue: string | undefined;
  year: number | undefined;
}

export function readAclVolume(volume: XmlElement, collection: string): AclVolume {
  const meta = childOf(volume, { name: "meta" });
  const text = (name: string) => (meta === undefined ? undefined : childText(meta, { name }));
  const booktitleElement = meta && childOf(meta, { name: "booktitle" });
  const booktitle = booktitleElement === undefined ? undefined : markedText(booktitleElement) || undefined;
  const venues =
    meta === undefined ? [] : childrenOf(meta, { name: "venue" }).map((venue) => textOf(venue) ?? "");
  const venue = venues.find((id) => id !== "ws" && /^[a-z0-9]{1,20}$/i.test(id));
  return {
    collection,
    id: volume.attributes.get("id") ?? "",
    booktitle,
    venue: venue === undefined ? booktitle : (venueNames.get(venue) ?? venue.toUpperCase()),
    year: readYear(text("year")),
  };
}

/** Those whose short name is not their id in capitals. */
const venueNames = new Map([
  ["conll", "CoNLL"],
  ["findings", "Findings of ACL"],
  ["nlposs", "NLP-OSS"],
  ["semeval", "SemEval"],
  ["starsem", "*SEM"],
]);

/** "2023.nlposs-1.7"; before 2020 "P19-1001", with two digits for the volumes of workshops: "W18-5402". */
export function paperId(paper: string, { collection, id: volume }: AclVolume): string | null {
  if (!/^\d{1,5}$/.test(paper) || !/^[a-z0-9_]{1,40}$/i.test(volume)) return null;
  const isOld = /^[A-Z]\d\d$/.test(collection);
  const wide =
    collection.startsWith("W") || collection === "C69" || (collection === "D19" && Number(volume) >= 5);
  const number = wide ? volume.padStart(2, "0") + paper.padStart(2, "0") : volume + paper.padStart(3, "0");
  const id = isOld ? `${collection}-${number}` : `${collection}-${volume}.${paper}`;
  const read = parseIdentifier(id);
  return read?.scheme === "acl" ? read.value : null;
}

/** Text in order; formulas get their dollars, everything else loses its tags: "calaman<fixed-case>C</fixed-case>y". */
export function markedText(element: XmlElement): string {
  const write = (part: XmlElement): string => {
    let text = "";
    for (const child of part.children) text += typeof child === "string" ? child : write(child);
    return part.name === "tex-math" ? `$${text}$` : text;
  };
  return write(element).replace(/\s+/g, " ").trim();
}
