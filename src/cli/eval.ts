// broadsheet eval search: judged sets through the search of this instance, every figure with its paired difference to words.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type App, openApp } from "../app.ts";
import { openByteStream } from "../lib/byte-stream.ts";
import { AppError } from "../lib/errors.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { findPaper } from "../papers/papers-store.ts";
import { evaluateSet, type Figure } from "../search/evaluation.ts";
import { type JudgedSet, parseJudgedSet } from "../search/judged-sets.ts";
import type { SearchMode } from "../search/search.ts";
import { pageText } from "../sources/page-text.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

/** The queries that the founding lists answer, as far as they are known. */
const foundingQueries: Record<string, string> = {
  "000": "token position",
  "001": "input token",
  "004": "positional encoding",
};

export const evalCommand: Command = {
  name: "eval",
  summary: "Measure the search on judged queries",
  usage: "eval search FILE... [--mode M] [--without PART,...]",
  help: `
Runs judged sets through the search of this instance, whose papers must be here already. A FILE is one of
  [{q, id}]                                      one paper answers: MRR@10, R@10
  {pool, queries: [{q, relevant, nonliteral}]}   keywords: MAP, R@100, R@100 where the text lacks the keyword
  {papers, queries: [{query, relevance}]}        similar papers by graded pools: nDCG%20, MAP
  QUERY=LIST.txt                                 a listing page saved as text: recall in the first 120
                                                 (000…, 001… and 004….txt are the founding lists and need no QUERY=)
Every figure stands beside that of words alone, with the mean paired difference and its 95 % interval
(bootstrap over queries).

  --mode M        auto (default), meaning or words
  --without P,…   take parts away: words coverage complete pairs meaning agreement late feedback

Examples:
  broadsheet eval search judged/*.json
  broadsheet eval search --json "token position"=lists/000.txt --without late`,
  options: { mode: { type: "string" }, without: { type: "string" } },
  async run(input) {
    const [what, ...files] = input.positionals;
    if (what !== "search" || files.length === 0)
      throw new AppError("bad-usage", "Say what to measure: eval search FILE...");
    const mode = readMode(input.values.mode);
    const without = String(input.values.without ?? "")
      .split(",")
      .filter(Boolean);
    await using app = await openApp(input.config);
    await app.followSearch({
      signal: input.signal,
      onProgress: (done, total) => input.progress.update("index", done, total),
    });
    const results: EvaluatedFile[] = [];
    for (const file of files) results.push(await evaluateFile(app, file, { mode, without }));
    return describe(results, { mode, without });
  },
};

function readMode(given: CommandInput["values"][string]): SearchMode {
  const mode = given ?? "auto";
  if (mode === "auto" || mode === "words" || mode === "meaning") return mode;
  throw new AppError("bad-usage", `--mode takes auto, words or meaning, not "${given}".`);
}

interface EvaluatedFile {
  file: string;
  /** Why the file was passed over. */
  skipped?: string;
  /** Judged papers that are not in this collection. */
  missing: number;
  figures: Figure[];
}

interface Chosen {
  mode: SearchMode;
  without: string[];
}

async function evaluateFile(app: App, given: string, chosen: Chosen): Promise<EvaluatedFile> {
  const { set, ids, file } = given.endsWith(".txt") ? await readList(app, given) : await readSet(app, given);
  if (!set) return { file, skipped: "it holds no judged queries", missing: 0, figures: [] };
  const figures = evaluateSet(app.search, set, { ...chosen, idOf: (name) => ids.get(name) ?? null });
  return { file, missing: [...ids.values()].filter((id) => id === null).length, figures };
}

interface ReadSet {
  file: string;
  set: JudgedSet | null;
  ids: Map<string, string | null>;
}

async function readSet({ db }: App, file: string): Promise<ReadSet> {
  const set = parseJudgedSet(JSON.parse(await readFile(file, "utf8")));
  const ids = new Map<string, string | null>();
  if (set?.kind === "similar") {
    for (const [name, { title, abstract }] of set.papers)
      set.papers.set(name, { title: toPlainText(title), abstract: toPlainText(abstract) });
  } else if (set) {
    for (const name of namesIn(set)) if (!ids.has(name)) ids.set(name, await findId(db, name));
  }
  return { file, set, ids };
}

function namesIn(set: Exclude<JudgedSet, { kind: "similar" }>): string[] {
  if (set.kind === "known-item") return set.queries.map(({ answer }) => answer);
  if (set.kind === "list") return set.answers;
  return [...set.pool, ...set.queries.flatMap(({ relevant }) => relevant)];
}

/** Our id of a paper named in a set: by its own id, or as conference lists name it. */
async function findId(db: App["db"], name: string): Promise<string | null> {
  const found = (await findPaper(db, name)) ?? (await findPaper(db, `conference:${name}`));
  return found === null ? null : "paper" in found ? found.paper.id : found.redirectTo;
}

/** A listing page: each entry is looked up by the fingerprint that its import gave it. */
async function readList({ db }: App, given: string): Promise<ReadSet> {
  const split = given.lastIndexOf("=");
  const file = given.slice(split + 1);
  const text = split > 0 ? given.slice(0, split) : foundingQueries[basename(file).slice(0, 3)];
  if (text === undefined) return { file, set: null, ids: new Map() };
  const ids = new Map<string, string | null>();
  for await (const entry of pageText.read(await openByteStream(file), { fileName: basename(file) })) {
    const [record] = entry.ok ? entry.item.records : [];
    if (record) ids.set(record.sourceId, await findId(db, `listing:${record.sourceId}`));
  }
  return { file, set: { kind: "list", text, answers: [...ids.keys()] }, ids };
}

function describe(results: EvaluatedFile[], { mode, without }: Chosen): CommandOutcome {
  const text = results.map(({ file, skipped, missing, figures }) => {
    if (skipped) return `${file}: passed over, ${skipped}.`;
    const lacks = missing > 0 ? ` (${missing} judged papers are not here)` : "";
    return [`${file}${lacks}`, ...figures.map((figure) => formatFigure(figure, mode))].join("\n");
  });
  return { document: { mode, without, files: results }, text: text.join("\n") };
}

/** In hundredths: "MRR@10  words 88.3  auto 90.7  difference +2.4 [1.2, 3.7]  574 queries". */
function formatFigure({ measure, queries, words, found, difference }: Figure, mode: string): string {
  const hundredths = (value: number) => (100 * value).toFixed(1);
  const { mean, low, high } = difference;
  const sign = mean >= 0 ? "+" : "";
  const interval = `${sign}${hundredths(mean)} [${hundredths(low)}, ${hundredths(high)}]`;
  return `  ${measure}  words ${hundredths(words)}  ${mode} ${hundredths(found)}  difference ${interval}  ${queries} queries`;
}
