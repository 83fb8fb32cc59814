// The formats we read, surest sign first, and which of them a file is.
import { arxivSnapshot } from "./arxiv-snapshot.ts";
import { broadsheet } from "./broadsheet.ts";
import { conferenceList } from "./conference-list.ts";
import { dailyJson } from "./daily-json.ts";
import type { FileFormat, FormatName } from "./format.ts";
import { pageText } from "./page-text.ts";
import { sample } from "./sample.ts";

export const formats: readonly FileFormat[] = [
  broadsheet,
  sample,
  arxivSnapshot,
  conferenceList,
  dailyJson,
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
