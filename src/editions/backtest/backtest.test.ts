import { beforeAll, describe, expect, test } from "vitest";
import { openRandom } from "../../lib/random.ts";
import { formatModel } from "../estimate/estimate-model.ts";
import { trainEstimate } from "../estimate/train-estimate.ts";
import type { LaterVotes, VotedPaper } from "../estimate/voted-papers.ts";
import { type BacktestReport, backtest } from "./backtest.ts";

/** A world in which papers about "agents" get many votes, and papers about "parsing" few; half of them show by 08:30. */
function makeWorld(days: number): { papers: VotedPaper[]; later: Map<string, LaterVotes[]> } {
  const random = openRandom(7);
  const later = new Map<string, LaterVotes[]>();
  const papers = Array.from({ length: days * 12 }, (_, i): VotedPaper => {
    const start = Date.UTC(2026, 0, 5) + Math.floor(i / 12) * 86_400_000;
    const day = new Date(start).toISOString().slice(0, 10);
    const liked = random.unit() < 0.5;
    const total = Math.round((liked ? 40 : 8) * (0.5 + random.unit()));
    const id = `26${String(i).padStart(8, "0")}`;
    later.set(id, [{ at: new Date(start + 5 * 86_400_000).toISOString(), votes: total }]);
    return {
      id,
      day,
      title: liked ? "Planning with agents" : "Parsing with grammars",
      abstract: "An abstract like all the others.",
      authors: [`Author ${random.below(400)}`],
      submitter: `Submitter ${random.below(30)}`,
      organisation: null,
      code: false,
      project: false,
      stars: null,
      publishedOn: day,
      votes: Math.floor(total / 2),
      comments: 0,
      observedAt: `${day}T08:30:00.000Z`,
      submittedAt: `${day}T0${random.below(8)}:00:00.000Z`,
    };
  });
  return { papers, later };
}

describe("training and backtest in a world with one cause", () => {
  const { papers, later } = makeWorld(50);
  const model = trainEstimate(papers, later, "2026-02-03");
  let report: BacktestReport;
  beforeAll(() => {
    report = backtest({ papers, later, model, from: "2026-02-04", until: "2026-02-20" });
  });

  test("training finds the cause and comes to the same weights again", () => {
    expect(model.weights.get("title agents")).toBeGreaterThan(0.1);
    expect(model.weights.get("title parsing")).toBeLessThan(-0.1);
    expect(model.rows).toBe(30 * 12);
    expect(formatModel(trainEstimate(papers, later, "2026-02-03"))).toBe(formatModel(model));
  });

  test("days with enough judged papers are named", () => {
    expect(report.days).toHaveLength(17);
    expect(report.papers).toBe(17 * 12);
    expect(report.caveats.length).toBeGreaterThan(2);
  });

  test("without votes the estimate orders the page, and votes, hidden, say nothing", () => {
    const cold = report.regimes["cold start"];
    expect(cold.ours!.spearman).toBeGreaterThan(0.55);
    expect(cold["raw upvotes"]!.spearman).toBe(0);
    expect(cold["raw upvotes"]!.oursMinusThis!.spearman.low).toBeGreaterThan(0.4);
    expect(Math.abs(cold.random!.spearman)).toBeLessThan(0.3);
  });

  test("with a tenth of the votes it helps, with all of them it does no harm", () => {
    const { early, "as seen": seen } = report.regimes;
    expect(early["raw upvotes"]!.oursMinusThis!.spearman.low).toBeGreaterThan(0);
    expect(seen["raw upvotes"]!.spearman).toBeGreaterThan(0.99);
    expect(seen["raw upvotes"]!.oursMinusThis!.spearman.mean).toBeGreaterThan(-0.02);
    expect(seen.ours!.oursMinusThis).toBeNull();
  });

  test("the same input gives the same report", () => {
    const input = { papers, later, model, from: "2026-02-04", until: "2026-02-06" };
    expect(backtest(input)).toEqual(backtest(input));
  });

  test("no day, no figures", () => {
    expect(backtest({ papers, later, model, from: "2027-01-01", until: "2027-12-31" }).days).toEqual([]);
  });
});
