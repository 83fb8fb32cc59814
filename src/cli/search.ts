// broadsheet search: papers by words and meaning, in the terminal, as one JSON document, or a document for each line of queries.
import { type App, openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import { outsideNotes } from "../search/outside-notes.ts";
import type { SearchAnswer, SearchRequest } from "../search/search.ts";
import { answerLines } from "./answer-lines.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { maxLimit, readLimit, readMode, readSort } from "./search-options.ts";

const usualLimit = 10;
/** Bytes of a line; a query has at most 2,000 characters. */
const maxLine = 64 * 1024;

export const searchCommand: Command = {
  name: "search",
  summary: "Find papers by words, phrases and meaning",
  usage: "search QUERY [--limit N] [--mode M] [--sort S] | search --batch FILE",
  help: `
QUERY is words, "quoted phrases" and conditions such as author:hewitt or year:2023..2025 (quote the whole
for your shell; docs/search.md has the whole language). A word with a slip in it is searched as it was
probably meant when next to nothing was found.

  --limit N     results to give, 1 to ${maxLimit}; default ${usualLimit}
  --mode M      auto (default), words, or meaning
  --sort S      relevance (default), newest, votes, or trending
  --prefix      the last word may be unfinished
  --as-typed    take no word for a mistyped one
  --batch FILE  a query a line ("-" reads standard input); each is answered by one JSON document on a line
                of its own, {query, results: [{rank, id, title, score}]}, in order and as it comes. A line
                that cannot be searched is answered by {line, error: {code, message}}; exit status 1 then.

Works beside a running server. Examples:
  broadsheet search 'token position'
  broadsheet search '"input tokens" pruning year:2024..' --limit 50 --json
  broadsheet search --batch queries.txt --limit 20 --mode words > results.jsonl`,
  options: {
    limit: { type: "string" },
    mode: { type: "string" },
    sort: { type: "string" },
    prefix: { type: "boolean" },
    "as-typed": { type: "boolean" },
    batch: { type: "string" },
  },
  async run(input) {
    const asked = readRequest(input);
    const query = input.positionals.join(" ").trim();
    const batch = input.values.batch;
    if (typeof batch === "string") {
      if (query !== "") throw new AppError("bad-usage", "Give a query or --batch, not both.");
      return await runBatch(input, batch, asked);
    }
    if (query === "") throw new AppError("bad-usage", "Say what to search for: search QUERY.");
    await using app = await openFollowed(input);
    return describe(app.search.search(await app.search.prepare({ ...asked, query })));
  },
};

function readRequest({ values }: CommandInput): Omit<SearchRequest, "query"> {
  return {
    limit: readLimit(values.limit, usualLimit),
    mode: readMode(values.mode),
    sort: readSort(values.sort),
    prefix: values.prefix === true,
    asTyped: values["as-typed"] === true,
  };
}

/** The data with an index that has followed all papers. */
export async function openFollowed(input: CommandInput): Promise<App> {
  const app = await openApp(input.config);
  try {
    await app.followSearch({
      signal: input.signal,
      onProgress: (done, total) => input.progress.update("index", done, total),
    });
    input.progress.end();
    return app;
  } catch (error) {
    await app[Symbol.asyncDispose]();
    throw error;
  }
}

async function runBatch(
  input: CommandInput,
  path: string,
  asked: Omit<SearchRequest, "query">,
): Promise<CommandOutcome> {
  await using app = await openFollowed(input);
  const bad = await answerLines(input, {
    path,
    limit: maxLine,
    async answer(query) {
      const answer = app.search.search(await app.search.prepare({ ...asked, query }));
      if (answer.refused !== undefined) throw new AppError("bad-input", answer.refused);
      return { query, ...repairsOf(answer), results: listResults(answer) };
    },
  });
  if (bad > 0)
    input.note(`${bad} ${bad === 1 ? "line was" : "lines were"} not searched; each has its error.`);
  return { document: null, text: "", printed: true, failed: bad > 0 };
}

function listResults({ hits }: Pick<SearchAnswer, "hits">) {
  return hits.map(({ id, title, score }, i) => ({ rank: i + 1, id, title, score }));
}

/** What was searched instead, offered, or not understood; nothing where the query was taken as it is. */
function repairsOf({ corrected, didYouMean, problem }: SearchAnswer) {
  return {
    ...(corrected ? { corrected: corrected.query } : {}),
    ...(didYouMean ? { didYouMean } : {}),
    ...(problem ? { problem } : {}),
  };
}

function describe(answer: SearchAnswer): CommandOutcome {
  if (answer.refused !== undefined) throw new AppError("bad-input", answer.refused);
  const { query, mode, sort, total, bound = "exact", complete, tookMs, outside } = answer;
  const results = listResults(answer);
  return {
    document: {
      query,
      ...repairsOf(answer),
      mode,
      ...(outside ? { outside } : {}),
      sort,
      total,
      bound,
      complete,
      tookMs,
      results,
    },
    text: formatAnswer(answer),
  };
}

/** "121 papers for token position (9 hold all the words), 0.3 ms", then a numbered title and its id for each. */
function formatAnswer(answer: SearchAnswer): string {
  const { query, total, bound, complete, tookMs } = answer;
  const number = `${bound === "at-least" ? "at least " : ""}${total.toLocaleString("en-US")}`;
  const papers = total === 1 ? "1 paper" : `${number} papers`;
  const partly = complete < total ? ` (${complete.toLocaleString("en-US")} hold all the words)` : "";
  const head = `${papers} for ${answer.corrected?.query ?? query}${partly}, ${tookMs.toFixed(1)} ms`;
  return [...formatRepairs(answer), head, ...formatHits(answer.hits)].join("\n");
}

function formatRepairs({ corrected, didYouMean, problem, query, outside }: SearchAnswer): string[] {
  return [
    ...(problem ? [`Taken as plain words: ${problem.message}`] : []),
    ...(corrected ? [`Nothing held "${query}"; --as-typed searches it all the same.`] : []),
    ...(didYouMean ? [`Did you mean "${didYouMean}"?`] : []),
    ...(outside && outside !== "used" ? [outsideNotes[outside]] : []),
  ];
}

/** Numbered titles, the id of each below. */
export function formatHits(hits: readonly { id: string; title: string }[]): string[] {
  const width = String(hits.length).length;
  return hits.map(
    ({ id, title }, i) => `${String(i + 1).padStart(width)}  ${title}\n${" ".repeat(width)}  ${id}`,
  );
}
