import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { callTool, connectOverHttp } from "../../test/support/mcp-clients.ts";
import { openPages } from "../../test/support/pages.ts";

const base = "https://papers.example.org";
const day = "2026-05-12";

/** Real abstracts are about so long; titles this long are rare. */
const title = (n: number) =>
  `Paper ${n}: ${"Measuring the Length of What Language Models Say About Papers ".repeat(2)}`;
const abstract = "We ask whether long abstracts fit into answers that models can afford to read. ".repeat(16);

describeOnBothDatabases("what clients see", (open) => {
  async function connect() {
    const db = await open();
    const authors = ["Ada Lovelace", "Grace Hopper", "Charles Babbage", "Alan Turing"];
    const papers = Array.from({ length: 12 }, (_, n) => ({
      id: `2605.${String(n + 1).padStart(5, "0")}`,
      title: title(n),
    }));
    await saveDay(
      db,
      day,
      papers.map((paper, n) => ({ ...paper, abstract, authors, votes: n })),
    );
    return await connectOverHttp(base, { fetch: (await openPages(db)).fetch });
  }

  test("is frozen: names, shapes and words; to change it is a decision of its own", async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    const { resourceTemplates } = await client.listResourceTemplates();
    const { prompts } = await client.listPrompts();
    const surface = { instructions: client.getInstructions(), tools, resourceTemplates, prompts };
    await expect(`${JSON.stringify(surface, null, 2)}\n`).toMatchFileSnapshot("surface.golden.txt");
  });

  test("answers take fewer than 2,000 tokens unless more is asked for", async () => {
    const client = await connect();
    const calls: [string, Record<string, unknown>][] = [
      ["search_papers", { query: "language models" }],
      ["get_paper", { paper_id: "2605.00001" }],
      ["list_daily_papers", {}],
      ["whats_new", {}],
      ["find_similar", { paper_id: "2605.00001" }],
      ["explain_ranking", { paper_id: "2605.00001" }],
      ["export_citation", { paper_ids: ["2605.00001"] }],
      ["search", { query: "language models" }],
      ["fetch", { id: "2605.00001" }],
    ];
    for (const [name, args] of calls) {
      const answer = JSON.stringify(await callTool(client, name, args));
      expect(answer, name).toContain("Measuring the Length");
      // English in JSON has about four characters a token.
      expect(answer.length, name).toBeLessThan(8_000);
    }
  });
});
