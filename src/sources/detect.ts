// The formats we read, surest sign first, and which of them a file is.
import { aclXml } from "./acl-anthology.ts";
import { arxivSnapshot } from "./arxiv-snapshot.ts";
import { bibtex } from "./bibtex.ts";
import { broadsheet } from "./broadsheet.ts";
import { conferenceList } from "./conference-list.ts";
import { cslJson } from "./csl-json.ts";
import { dailyJson } from "./daily-json.ts";
import type { FileFormat, FormatName } from "./format.ts";
import { pageText } from "./page-text.ts";
import { ris } from "./ris.ts";
import { sample } from "./sample.ts";
import { zoteroRdf } from "./zotero-rdf.ts";

export const formats: readonly FileFormat[] = [
  broadsheet,
  sample,
  arxivSnapshot,
  conferenceList,
  dailyJson,
  aclXml,
  zoteroRdf,
  cslJson,
  ris,
  bibtex,
  pageText,
];

/** The format a file's decoded beginning shows; null when it is none of ours. */
export function detectFormat(head: string, fileName: string): FileFormat | null {
  return formats.find((format) => format.detect(head, fileName)) ?? null;
}

/** The format of this name, as --format gives it; null for an unknown one. */
export function findFormat(name: string): FileFormat | null {
  return formats.find((format) => format.name === (name as FormatName)) ?? null;
}
