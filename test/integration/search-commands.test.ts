// The commands of search as scripts use them: lines in, documents out, beside a running server.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shippedModelFile } from "../../src/search/meaning/shipped-model.ts";
import { type RunningProgram, runCommand, startProgram } from "../support/program.ts";

let program: RunningProgram;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.stop());

const run = (args: string[], input?: string | Uint8Array) =>
  runCommand([...args, "--data", program.dataFolder], input === undefined ? {} : { input });
const documentsOf = (stdout: string) =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function anyTitle(): Promise<{ id: string; title: string }> {
  const { stdout } = await run(["search", "attention OR model OR paper", "--limit", "1", "--json"]);
  return JSON.parse(stdout).results[0];
}

describe("search", () => {
  test("--batch answers a line by a line, in order, and goes on after bad ones", async () => {
    const { id, title } = await anyTitle();
    const long = "x".repeat(3_000);
    const lines = Buffer.concat([
      Buffer.from(`${title}\n\n${long}\n`),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from(`${title}\r\nno such thing qqqq`),
    ]);
    const { status, stdout, stderr } = await run(["search", "--batch", "-", "--limit", "1"], lines);
    const documents = documentsOf(stdout);
    expect(documents).toHaveLength(6);
    expect(documents[0]).toMatchObject({
      query: title,
      results: [{ rank: 1, id, title, score: expect.any(Number) }],
    });
    expect(documents[4]).toEqual(documents[0]);
    expect(documents.slice(1, 4).map(({ line, error }) => [line, (error as { code: string }).code])).toEqual([
      [2, "bad-input"],
      [3, "bad-input"],
      [4, "bad-input"],
    ]);
    expect(Object.keys(documents[5]!)).toContain("results");
    expect(stderr).toContain("3 lines were not searched");
    expect(status).toBe(1);
  });

  test("an identifier or address finds its paper, or says that it is not here", async () => {
    const { stdout: many } = await run(["search", "attention OR model OR paper", "--limit", "50", "--json"]);
    const found = (JSON.parse(many).results as { id: string; title: string }[]).find(({ id }) =>
      /^\d/.test(id),
    );
    const { id, title } = found!;
    for (const written of [id, `https://arxiv.org/abs/${id}`]) {
      const { stdout } = await run(["search", written, "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ total: 1, results: [{ id, title }], direct: { id } });
    }
    expect((await run(["search", id])).stdout).toContain(title);
    expect((await run(["search", "0704.9999"])).stdout).toContain("No paper with this id or address is held");
  });

  test("--batch of nothing is nothing", async () => {
    const { status, stdout } = await run(["search", "--batch", "-"], "");
    expect([status, stdout]).toEqual([0, ""]);
  });

  test.each([
    [["search", "x", "--mode", "magic"]],
    [["search", "x", "--sort", "best"]],
    [["search", "x", "--limit", "0"]],
    [["search", "x", "--batch", "-"]],
    [["similar"]],
    [["similar", "a", "b"]],
    [["similar", "a", "--pairs", "-"]],
  ])("%j is wrong usage", async (args) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).not.toBe("");
  });

  test("a missing file is named, exit status 1", async () => {
    const { status, stderr } = await run(["search", "--batch", "/nowhere/queries.txt"]);
    expect(status).toBe(1);
    expect(stderr).toContain("/nowhere/queries.txt");
  });
});

describe("similar", () => {
  test("gives papers like one, without itself", async () => {
    const { id } = await anyTitle();
    const { status, stdout } = await run(["similar", id, "--limit", "3", "--json"]);
    expect(status).toBe(0);
    const { results } = JSON.parse(stdout) as { results: { rank: number; id: string }[] };
    expect(results.map(({ rank }) => rank)).toEqual(results.map((_, i) => i + 1));
    expect(results.map((result) => result.id)).not.toContain(id);
  });

  test("of a paper that is not here says so", async () => {
    const { status, stdout } = await run(["similar", "0704.0001", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe("not-found");
  });

  test("--pairs ranks texts without a collection, where there is a model", async () => {
    const bread = { title: "Baking bread", abstract: "Flour, water and yeast make bread." };
    const nets = { title: "Neural networks", abstract: "We train neural networks by gradient descent." };
    const line = JSON.stringify({
      query: { title: "Training neural networks", abstract: "Gradient descent trains neural networks." },
      candidates: [
        { id: "bread", ...bread },
        { id: "nets", ...nets },
      ],
    });
    const none = join(program.dataFolder, "none");
    const { status, stdout } = await runCommand(["similar", "--pairs", "-", "--data", none], {
      input: `${line}\n{\n${line}\n`,
    });
    expect(status).toBe(1);
    expect(existsSync(none)).toBe(false);
    if (!existsSync(shippedModelFile)) {
      expect(stdout).toBe("");
      return;
    }
    const [first, second, third] = documentsOf(stdout);
    expect(first).toEqual({ ids: ["nets", "bread"] });
    expect(second).toMatchObject({ line: 2, error: { code: "bad-input" } });
    expect(third).toEqual(first);
  });
});
