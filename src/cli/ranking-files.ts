// Reads what a ranking is trained on and judged by: files of the hub's daily rows, and a file of later observations.
import { basename } from "node:path";
import { z } from "zod";
import type { LaterById, LaterVotes, VotedPaper } from "../editions/estimate/voted-papers.ts";
import { openByteStream } from "../lib/byte-stream.ts";
import { AppError } from "../lib/errors.ts";
import { toPlainText } from "../lib/plain-text.ts";
import type { Signal, SignalKind, SourceItem } from "../papers/paper.ts";
import { dailyJson } from "../sources/daily-json.ts";

/** The rows of all files, each paper and day once (the first counts). Throws bad-input naming the file and the entry. */
export async function readDailyFiles(paths: readonly string[]): Promise<VotedPaper[]> {
  const papers = new Map<string, VotedPaper>();
  for (const path of paths) {
    const stream = await openByteStream(path);
    try {
      for await (const entry of dailyJson.read(stream, { fileName: basename(path) })) {
        if (!entry.ok) throw notDaily(path, `entry ${entry.entry}: ${entry.reason}`);
        const paper = votedPaperOf(entry.item);
        if (!paper) throw notDaily(path, `entry ${entry.entry} has no day or no count of votes`);
        const key = `${paper.day} ${paper.id}`;
        if (!papers.has(key)) papers.set(key, paper);
      }
    } finally {
      await stream.close();
    }
  }
  return [...papers.values()];
}

function notDaily(path: string, what: string): AppError {
  return new AppError("bad-input", `${path}: ${what}.`, {
    remedy: "Give files of the hub's daily rows, one JSON object a line, with their day in _day.",
  });
}

/** Null when it was put forward for no day, or nobody counted its votes. */
export function votedPaperOf(item: SourceItem): VotedPaper | null {
  const [record] = item.records;
  const [submission] = item.submissions;
  const votes = signalOf(item, "upvotes");
  if (!record || !submission || votes?.value === undefined) return null;
  return {
    id: record.sourceId,
    day: submission.day,
    title: toPlainText(record.title),
    abstract: toPlainText(record.abstract ?? ""),
    authors: record.authors.map(({ name }) => name),
    submitter: submission.submitter ?? null,
    organisation: signalOf(item, "organisation")?.detail ?? null,
    code: record.links.some(({ kind }) => kind === "code"),
    project: record.links.some(({ kind }) => kind === "project"),
    stars: signalOf(item, "stars")?.value ?? null,
    publishedOn: record.publishedOn ?? null,
    votes: votes.value,
    comments: signalOf(item, "comments")?.value ?? 0,
    observedAt: votes.observedAt,
    submittedAt: submission.submittedAt ?? null,
  };
}

function signalOf(item: SourceItem, kind: SignalKind): Signal | undefined {
  return item.signals.find((signal) => signal.kind === kind);
}

const observations = z.array(z.tuple([z.string(), z.iso.datetime({ offset: true }), z.number().min(0)]));

/** A JSON array of [id, time, votes], also gzipped. Throws bad-input naming the file and the place. */
export async function readLaterFile(path: string): Promise<LaterById> {
  const parsed = observations.safeParse(await readJson(path));
  if (!parsed.success) throw notLater(path, z.prettifyError(parsed.error).split("\n")[0] ?? "");
  const later = new Map<string, LaterVotes[]>();
  for (const [id, time, votes] of parsed.data) {
    const list = later.get(id) ?? [];
    list.push({ at: new Date(time).toISOString(), votes });
    later.set(id, list);
  }
  for (const list of later.values()) list.sort((a, b) => (a.at < b.at ? -1 : 1));
  return later;
}

async function readJson(path: string): Promise<unknown> {
  const stream = await openByteStream(path);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw error instanceof SyntaxError ? notLater(path, error.message) : error;
  } finally {
    await stream.close();
  }
}

function notLater(path: string, what: string): AppError {
  return new AppError("bad-input", `${path} is no list of later votes: ${what}.`, {
    remedy: 'It is one JSON array: [["2605.01234", "2026-05-19T08:00:00Z", 41], …].',
  });
}
