// broadsheet similar: papers like one of the collection; or texts of any origin, ranked by how near they are to a text.
import { AppError } from "../lib/errors.ts";
import { loadPreferredModel } from "../search/meaning/model-files.ts";
import { ownModelFile, shippedModelFile } from "../search/meaning/shipped-model.ts";
import { rankPairs } from "../search/meaning/similar.ts";
import { answerLines } from "./answer-lines.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { getPaper } from "./paper.ts";
import { openFollowed } from "./search.ts";
import { formatHits } from "./search-answer.ts";
import { maxLimit, readLimit } from "./search-options.ts";
import { parsePair } from "./similar-pair.ts";

const usualLimit = 10;
const maxLine = 64 * 1024 * 1024;

export const similarCommand: Command = {
  name: "similar",
  summary: "Find papers like a paper",
  usage: "similar ID [--limit N] | similar --pairs FILE",
  help: `
ID is any id of a paper, as in "broadsheet paper".

  --limit N     papers to give, 1 to ${maxLimit}; default ${usualLimit}
  --pairs FILE  ranks texts that need not be in the collection ("-" reads standard input). Each line is
                {"query": {"title", "abstract"}, "candidates": [{"id", "title", "abstract"}, ...]} and is
                answered by {"ids": [...]}, the most similar first, in order and as it comes; a line that
                cannot be read by {line, error: {code, message}}, and exit status 1 at the end. Needs no
                collection, only a model.

Examples:
  broadsheet similar 1706.03762 --json
  broadsheet similar --pairs pairs.jsonl > ranked.jsonl`,
  options: { limit: { type: "string" }, pairs: { type: "string" } },
  async run(input) {
    const [id, ...others] = input.positionals;
    const pairs = input.values.pairs;
    if (typeof pairs === "string" && id === undefined) return await runPairs(input, pairs);
    if (!id || others.length > 0 || pairs !== undefined) {
      throw new AppError(
        "bad-usage",
        "Name one paper (similar ID), or a file of texts (similar --pairs FILE).",
      );
    }
    return await listSimilar(input, id);
  },
};

async function listSimilar(input: CommandInput, id: string): Promise<CommandOutcome> {
  const limit = readLimit(input.values.limit, usualLimit);
  await using app = await openFollowed(input);
  const paper = await getPaper(app.db, id);
  const text = { title: paper.titleText, abstract: paper.abstractText };
  const { hits, tookMs } = app.search.similar({ key: paper.pk, text, limit });
  const results = hits.map((hit, i) => ({ rank: i + 1, id: hit.id, title: hit.title, score: hit.score }));
  const head = `${hits.length === 1 ? "1 paper" : `${hits.length} papers`} like "${paper.titleText}", ${tookMs.toFixed(1)} ms`;
  return {
    document: { id: paper.id, title: paper.titleText, tookMs, results },
    text: [head, ...formatHits(hits)].join("\n"),
  };
}

/** No collection is opened: the data folder need not be there. */
async function runPairs(input: CommandInput, path: string): Promise<CommandOutcome> {
  const files = { own: ownModelFile(input.config.dataFolder), shipped: shippedModelFile };
  const model = loadPreferredModel(files, (problem) => input.note(problem))?.model;
  if (!model) {
    throw new AppError("not-found", "There is no meaning model to compare texts with.", {
      remedy: "Train one: broadsheet train.",
    });
  }
  const bad = await answerLines(input, {
    path,
    limit: maxLine,
    answer(line) {
      const { query, candidates } = parsePair(line);
      const order = rankPairs(model, { query, candidates });
      return { ids: order.map((at) => candidates[at]!.id) };
    },
  });
  if (bad > 0) input.note(`${bad} ${bad === 1 ? "line was" : "lines were"} not ranked; each has its error.`);
  return { document: null, text: "", printed: true, failed: bad > 0 };
}
