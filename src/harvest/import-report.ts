// What an import did, counted: every entry once.
import type { FormatName } from "../sources/format.ts";

/** read = added + updated + unchanged + merged + rejected. What each means: save-store.ts, docs/sources. */
export interface ImportCounts {
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  merged: number;
  rejected: number;
}

export interface Rejection {
  file: string;
  /** 1-based. */
  entry: number;
  reason: string;
}

export interface FileReport extends ImportCounts {
  file: string;
  format: FormatName;
  /** Entries an earlier, interrupted import of this file had done; they count as read and unchanged. */
  resumedAt?: number;
  /** Why reading ended early; what came before was taken. */
  error?: string;
  seconds: number;
  recordsPerSecond: number;
}

export interface ImportReport extends ImportCounts {
  files: FileReport[];
  /** The first hundred. */
  rejections: Rejection[];
  seconds: number;
  recordsPerSecond: number;
  /** True when more than one entry in a hundred was rejected, or a file could not be read to its end. */
  failed: boolean;
}

const maxRejections = 100;
const toleratedPart = 0.01;

function emptyCounts(): ImportCounts {
  return { read: 0, added: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0 };
}

export function countEntry(counts: ImportCounts, kind: Exclude<keyof ImportCounts, "read">): void {
  counts.read += 1;
  counts[kind] += 1;
}

export function emptyFileReport(file: string, format: FormatName): FileReport {
  return { file, format, ...emptyCounts(), seconds: 0, recordsPerSecond: 0 };
}

export function emptyReport(): ImportReport {
  return { ...emptyCounts(), files: [], rejections: [], seconds: 0, recordsPerSecond: 0, failed: false };
}

export function addRejection(report: ImportReport, rejection: Rejection): void {
  if (report.rejections.length < maxRejections) report.rejections.push(rejection);
}

/** Adds a finished file to the report. */
export function addFile(report: ImportReport, file: FileReport): void {
  report.files.push(file);
  for (const name of Object.keys(emptyCounts()) as (keyof ImportCounts)[]) report[name] += file[name];
  report.seconds += file.seconds;
  report.recordsPerSecond = rateOf(report.read, report.seconds);
  report.failed =
    report.rejected > toleratedPart * report.read || report.files.some((f) => f.error !== undefined);
}

export function rateOf(count: number, seconds: number): number {
  return Math.round(count / Math.max(seconds, 0.001));
}
