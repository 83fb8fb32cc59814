// broadsheet search: papers by words, in the terminal or as one JSON document.
import { openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import type { SearchAnswer } from "../search/search.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

const defaultLimit = 10;
const maxLimit = 1_000;

export const searchCommand: Command = {
  name: "search",
  summary: "Find papers by words and phrases",
  usage: "search QUERY [--limit N] [--prefix]",
  help: `
QUERY is words and "quoted phrases" (quote the whole for your shell). Papers that hold all the words
are found; those that hold some of them follow when fewer than 100 hold all.

  --limit N    results to give, 1 to ${maxLimit}; default ${defaultLimit}
  --prefix     the last word may be unfinished

Examples:
  broadsheet search 'token position'
  broadsheet search '"input tokens" pruning' --limit 50 --json`,
  options: { limit: { type: "string" }, prefix: { type: "boolean" } },
  async run(input) {
    const query = input.positionals.join(" ").trim();
    if (query === "") throw new AppError("bad-usage", "Say what to search for: search QUERY.");
    const limit = readLimit(input.values.limit);
    await using app = await openApp(input.config);
    await app.followSearch({
      signal: input.signal,
      onProgress: (done, total) => input.progress.update("index", done, total),
    });
    const prefix = input.values.prefix === true;
    return describe(app.search.search({ query, limit, prefix }));
  },
};

function readLimit(given: CommandInput["values"][string]): number {
  if (given === undefined) return defaultLimit;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxLimit) return limit;
  throw new AppError("bad-usage", `--limit takes a whole number from 1 to ${maxLimit}, not "${given}".`);
}

function describe(answer: SearchAnswer): CommandOutcome {
  if (answer.refused !== undefined) throw new AppError("bad-input", answer.refused);
  const results = answer.hits.map(({ id, title, score }, i) => ({ rank: i + 1, id, title, score }));
  const { query, total, complete, tookMs } = answer;
  return { document: { query, total, complete, tookMs, results }, text: formatAnswer(answer) };
}

/** "121 papers for token position (9 hold all the words), 0.3 ms", then a numbered title and its id for each. */
function formatAnswer({ query, total, complete, tookMs, hits }: SearchAnswer): string {
  const papers = total === 1 ? "1 paper" : `${total.toLocaleString("en-US")} papers`;
  const partly = complete < total ? ` (${complete.toLocaleString("en-US")} hold all the words)` : "";
  const head = `${papers} for ${query}${partly}, ${tookMs.toFixed(1)} ms`;
  const width = String(hits.length).length;
  const lines = hits.map(
    ({ id, title }, i) => `${String(i + 1).padStart(width)}  ${title}\n${" ".repeat(width)}  ${id}`,
  );
  return [head, ...lines].join("\n");
}
