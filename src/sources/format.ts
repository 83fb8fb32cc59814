// The one face every file format shows: bytes in, entries out. Adding a format is one file, its test and its page in docs/sources.
import type { Instant } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";

export type FormatName =
  | "page-text"
  | "daily-json"
  | "arxiv-snapshot"
  | "conference-list"
  | "acl-xml"
  | "bibtex"
  | "ris"
  | "csl-json"
  | "zotero-rdf"
  | "broadsheet"
  | "sample";

export interface ReadContext {
  /** Base name of the file, "-" for standard input; lists take their name from it. */
  fileName: string;
  /** When the signals in the file were observed, if the owner said so. */
  observedAt?: Instant;
  /** When the file was last written: an estimate of when an API answer without a time of its own was fetched. */
  modifiedAt?: Instant;
}

/** One entry of a file: what it brings, or why it cannot be taken. `entry` counts from 1. */
export type Entry =
  | { ok: true; entry: number; item: SourceItem }
  | { ok: false; entry: number; reason: string };

export interface FileFormat {
  name: FormatName;
  /** True: a file is the whole of the list it makes, so that places it does not name any more are empty. */
  isWholeList?: boolean;
  /** Looks at the first 64 KiB (decoded) and the file's name. Pure. */
  detect(head: string, fileName: string): boolean;
  /** Streams: memory does not grow with the file. A broken entry is yielded as ok: false and never ends the rest. */
  read(input: AsyncIterable<Uint8Array>, context: ReadContext): AsyncIterable<Entry>;
}
