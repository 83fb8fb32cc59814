// Agents as they meet the program: over standard input and output beside a running server, and over HTTP.
import type { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callTool, connectOverHttp, eras, newClient } from "../support/mcp-clients.ts";
import {
  programArgs,
  type RunningProgram,
  resultOf,
  runCommand,
  spawnCommand,
  startProgram,
} from "../support/program.ts";

let program: RunningProgram;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.stop());

interface Found {
  papers: { id: string }[];
  next_cursor: string;
}

async function connectOverStdio() {
  const client = newClient();
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...programArgs, "mcp", "--data", program.dataFolder],
      stderr: "pipe",
    }),
  );
  return client;
}

async function findsWhatIsImportedMeanwhile(client: Client) {
  const { next_cursor } = await callTool<Found>(client, "whats_new", {});
  const entry = {
    id: "2606.09999",
    title: "Zebrafish orchestras",
    abstract: "Fish play.",
    authors: "A. Lovelace",
  };
  const line = { ...entry, categories: "cs.CL", versions: [], submitter: "A", update_date: "2026-06-01" };
  const args = ["import", "-", "--format", "arxiv-snapshot", "--data", program.dataFolder];
  const imported = await runCommand(args, { input: `${JSON.stringify(line)}\n` });
  expect(imported).toMatchObject({ status: 0 });
  const { papers } = await callTool<Found>(client, "search_papers", { query: "zebrafish orchestras" });
  const news = await callTool<Found>(client, "whats_new", { cursor: next_cursor });
  expect([papers[0]?.id, news.papers.map(({ id }) => id)]).toEqual(["2606.09999", ["2606.09999"]]);
}

test("a client over standard input and output, beside a server", async () => {
  const client = await connectOverStdio();
  const { papers } = await callTool<Found>(client, "search_papers", { query: "hedgehog graphs" });
  expect(papers[0]?.id).toBe("0704.9001");
  const paper = await callTool(client, "get_paper", { paper_id: "https://arxiv.org/abs/0704.9001v1" });
  expect(paper.url).toBe(`${program.url}/papers/0704.9001`);
  await expect(callTool(client, "get_paper", { paper_id: "2605.99999" })).rejects.toThrow(/no paper/);
  await findsWhatIsImportedMeanwhile(client);
  await client.close();
});

describe.each(eras)("a client of %s", (era) => {
  test("over HTTP gets the same", async () => {
    const client = await connectOverHttp(program.url, { era });
    const { papers } = await callTool<Found>(client, "search_papers", { query: "hedgehog graphs" });
    expect(papers[0]?.id).toBe("0704.9001");
    await client.close();
  });
});

test("whatever is sent, standard output carries the protocol and nothing else, and it ends with its input", async () => {
  const child = spawnCommand(["mcp", "--data", program.dataFolder], { BROADSHEET_LOG_LEVEL: "debug" });
  const ended = resultOf(child);
  const initialize = {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "t", version: "1" },
  };
  const call = (id: number, name: string, args: unknown) => ({
    jsonrpc: "2.0",
    id,
    method: "tools/call",
    params: { name, arguments: args },
  });
  const lines = [
    JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: initialize }),
    "this is no JSON",
    "[]",
    '{"jsonrpc":"2.0"}',
    JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }),
    JSON.stringify(call(2, "no_such_tool", {})),
    JSON.stringify(call(3, "get_paper", { paper_id: 7 })),
    JSON.stringify(call(4, "get_paper", { paper_id: "2605.99999" })),
    JSON.stringify({ jsonrpc: "2.0", id: 5, method: "no/such" }),
    JSON.stringify(call(6, "search", { query: "hedgehog" })),
  ];
  child.stdin?.write(`${lines.join("\n")}\n`);
  await new Promise<void>((resolve) => {
    let seen = "";
    child.stdout?.on("data", (text: string) => {
      seen += text;
      if ([1, 2, 3, 4, 5, 6].every((id) => seen.includes(`"id":${id}`))) resolve();
    });
  });
  child.stdin?.end();
  const { status, stdout } = await ended;
  expect(status).toBe(0);
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers.every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  expect(byId.get(1).result.protocolVersion).toBe("2025-06-18");
  expect(byId.get(4).result).toMatchObject({ isError: true });
  expect(byId.get(6).result.structuredContent.results[0].id).toBe("0704.9001");
});

test("a token that is none ends the program with a sentence, on standard error", async () => {
  const result = await runCommand(["mcp", "--token", "bst_x", "--data", program.dataFolder]);
  expect(result).toMatchObject({ status: 1, stdout: "" });
  expect(result.stderr).toContain("token is not known");
});
