import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { callTool, connectOverHttp } from "../../test/support/mcp-clients.ts";
import { openPages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { createAccessToken, type Scope } from "../accounts/access-tokens-store.ts";
import type { Db } from "../database/dialect.ts";

const base = "https://papers.example.org";
const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;

const papers = [
  ["2605.00001", "Graph networks pass messages", "We study graph neural networks with nodes and edges."],
  ["2605.00002", "Speech by phonemes", "We study acoustic speech recognition of a speaker's voice."],
  ["2605.00003", "Molecule graphs", "We study message passing on a molecule's graph of nodes."],
  ["2605.00004", "Proofs by clause", "We study logic: a solver of clause satisfiability."],
] as const;

interface Picks {
  known: boolean;
  chosen_from: number;
  days: string[];
  picks: { id: string; score: number; reasons: string[] }[];
}

async function connect(db: Db, scopes: readonly Scope[]) {
  await saveDay(
    db,
    day,
    papers.map(([id, title, abstract], n) => ({ id, title, abstract, votes: n, authors: [`Author ${n}`] })),
  );
  const pages = await openPages(db, { now });
  const { account } = await signInAs(pages.accounts, "ada@example.org", "reader");
  const token = await createAccessToken(db, { accountId: account.id, name: "agent", scopes }, now);
  const mine = await connectOverHttp(base, { fetch: pages.fetch, token });
  const stranger = await connectOverHttp(base, { fetch: pages.fetch });
  return { mine, stranger };
}

describeOnBothDatabases("my_picks", (open) => {
  test("chooses by what was saved, with reasons; nothing that was saved", async () => {
    const { mine } = await connect(await open(), ["read", "library"]);
    const before = await callTool<Picks>(mine, "my_picks");
    expect(before).toMatchObject({ known: false, chosen_from: 4, days: [day], picks: [] });
    await callTool(mine, "save_paper", { paper_id: "2605.00001" });
    const { known, picks } = await callTool<Picks>(mine, "my_picks", { limit: 3 });
    expect(known).toBe(true);
    expect(picks[0]).toMatchObject({ id: "2605.00003" });
    expect(picks[0]!.reasons[0]).toBe("because you saved “Graph networks pass messages”");
    expect(picks.map(({ id }) => id)).not.toContain("2605.00001");
  });

  test("is for whoever has a token that allows the library", async () => {
    const { mine, stranger } = await connect(await open(), ["read"]);
    await expect(callTool(stranger, "my_picks")).rejects.toThrow(/whose library/);
    await expect(callTool(mine, "my_picks")).rejects.toThrow(/"library"/);
  });
});
