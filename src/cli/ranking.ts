// broadsheet ranking: learns the weights of the estimate, and measures the formula against others on recorded days.
import { readFile, writeFile } from "node:fs/promises";
import { type BacktestReport, backtest, oursName, regimes } from "../editions/backtest/backtest.ts";
import { type EstimateModel, formatModel, parseModel } from "../editions/estimate/estimate-model.ts";
import { trainEstimate } from "../editions/estimate/train-estimate.ts";
import type { LaterById, VotedPaper } from "../editions/estimate/voted-papers.ts";
import { loadShippedRankingModel } from "../editions/shipped-ranking-model.ts";
import type { Day } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { readDailyFiles, readLaterFile } from "./ranking-files.ts";

const defaults = { trainUntil: "2025-12-31", from: "2026-04-01", until: "2026-05-31" };

export const rankingCommand: Command = {
  name: "ranking",
  summary: "Train the ranking's estimate, and measure the formula against others",
  usage: "ranking train|backtest --daily FILE... --later FILE [--from D] [--until D]",
  help: `
ranking train learns, from days whose later votes are known, what to expect of a paper that nobody has
voted for yet, and writes the weights as text. ranking backtest measures the formula and six others on days
it has not learned from: with every vote hidden, with a tenth of the votes, and with all of them.

  --daily FILE...   files of the hub's daily rows (.gz as they are), one after the other
  --later FILE      later votes: a JSON array of [id, time, votes]
  --from D          backtest: first day, default ${defaults.from}
  --until D         last day; default ${defaults.trainUntil} (train), ${defaults.until} (backtest)
  --model FILE      backtest: the weights to use; default those that ship with the project
  --out FILE        train: where to write them, default ranking.txt

Example:
  broadsheet ranking backtest --json --daily hf-daily/*.jsonl.gz --later hf-upvotes-later.json.gz`,
  options: {
    daily: { type: "string", multiple: true },
    later: { type: "string" },
    from: { type: "string" },
    until: { type: "string" },
    model: { type: "string" },
    out: { type: "string" },
  },
  async run(input) {
    const [action, ...files] = input.positionals;
    if (action !== "train" && action !== "backtest")
      throw new AppError("bad-usage", "Say ranking train or ranking backtest.");
    const daily = [...((input.values.daily as string[] | undefined) ?? []), ...files];
    if (daily.length === 0) throw new AppError("bad-usage", "Name the daily files with --daily.");
    if (typeof input.values.later !== "string")
      throw new AppError("bad-usage", "Name the file of later votes with --later.");
    const recorded = { papers: await readDailyFiles(daily), later: await readLaterFile(input.values.later) };
    return action === "train" ? await train(input, recorded) : await measure(input, recorded);
  },
};

interface Recorded {
  papers: VotedPaper[];
  later: LaterById;
}

async function train({ values }: CommandInput, { papers, later }: Recorded): Promise<CommandOutcome> {
  const model = trainEstimate(papers, later, readDay(values.until, "--until") ?? defaults.trainUntil);
  const file = typeof values.out === "string" ? values.out : "ranking.txt";
  await writeFile(file, formatModel(model));
  const { rows, trainedUntil, weights, past } = model;
  return {
    document: { file, rows, trainedUntil, weights: weights.size, names: past.size },
    text: `${rows.toLocaleString("en-US")} papers until ${trainedUntil} gave ${weights.size.toLocaleString("en-US")} weights: ${file}.`,
  };
}

async function measure({ values }: CommandInput, { papers, later }: Recorded): Promise<CommandOutcome> {
  const report = backtest({
    papers,
    later,
    model: await readModel(values.model),
    from: readDay(values.from, "--from") ?? defaults.from,
    until: readDay(values.until, "--until") ?? defaults.until,
  });
  return { document: report, text: formatReport(report), failed: report.days.length === 0 };
}

async function readModel(file: unknown): Promise<EstimateModel> {
  if (typeof file !== "string") return loadShippedRankingModel();
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError("bad-input", `Cannot read ${file}.`, { remedy: "Check --model.", cause });
  });
  return parseModel(text, file);
}

function readDay(value: unknown, option: string): Day | null {
  if (value === undefined) return null;
  const day = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))) return day;
  throw new AppError("bad-usage", `${option} is a date such as 2026-04-01, not "${day}".`);
}

function formatReport(report: BacktestReport): string {
  if (report.days.length === 0)
    return "No day in this time has eight papers whose later votes are known. Check --from, --until and the files.";
  const lines = regimes.flatMap((regime) => [
    "",
    `${regime.padEnd(16)} nDCG@10  Spearman  top 3   ours - this: nDCG@10             Spearman`,
    ...Object.entries(report.regimes[regime]).map(([name, score]) => {
      const { ndcg10, spearman, top3, oursMinusThis: gain } = score;
      const figures = `${name.padEnd(16)}  ${ndcg10.toFixed(4)}   ${spearman.toFixed(4).padStart(7)}  ${top3.toFixed(3)}`;
      return gain && name !== oursName
        ? `${figures}   ${formatInterval(gain.ndcg10)}  ${formatInterval(gain.spearman)}`
        : figures;
    }),
  ]);
  const head = `${report.formula}, trained until ${report.trainedUntil}; ${report.days.length} days, ${report.papers} papers`;
  return [head, ...lines, "", ...report.caveats.map((caveat) => `- ${caveat}`)].join("\n");
}

function formatInterval({ mean, low, high }: { mean: number; low: number; high: number }): string {
  const sign = (value: number) => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
  return `${sign(mean)} [${sign(low)}, ${sign(high)}]`;
}
