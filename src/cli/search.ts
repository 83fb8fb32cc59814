// broadsheet search: papers by words and meaning, in the terminal, as one JSON document, or a document for each line of queries.
import { type App, openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import type { SearchAnswer, SearchRequest } from "../search/search.ts";
import { answerLines } from "./answer-lines.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { formatAnswer } from "./search-answer.ts";
import { maxLimit, readLimit, readMode, readSort } from "./search-options.ts";

const usualLimit = 10;
/** Bytes of a line; a query has at most 2,000 characters. */
const maxLine = 64 * 1024;

export const searchCommand: Command = {
  name: "search",
  summary: "Find papers by words, phrases and meaning",
  usage: "search QUERY [--limit N] [--mode M] [--sort S] [--explain] | search --batch FILE",
  help: `
QUERY is words, "quoted phrases" and conditions such as author:hewitt or year:2023..2025 (quote the whole
for your shell; docs/search.md has the whole language). A word with a slip in it is searched as it was
probably meant when next to nothing was found.

  --limit N     results to give, 1 to ${maxLimit}; default ${usualLimit}
  --mode M      auto (default), words, or meaning
  --sort S      relevance (default), newest, votes, or trending
  --prefix      the last word may be unfinished
  --explain     each result with the terms of its score: value, weight, points, share
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
    explain: { type: "boolean" },
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
    ...(values.explain === true ? { explain: true } : {}),
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
  return hits.map(({ id, title, score, explanation }, i) => ({
    rank: i + 1,
    id,
    title,
    score,
    ...(explanation ? { explanation } : {}),
  }));
}

/** What was searched instead, offered, or not understood; nothing where the query was taken as it is. */
function repairsOf({ direct, corrected, didYouMean, problem }: SearchAnswer) {
  return {
    ...(direct ? { direct } : {}),
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
