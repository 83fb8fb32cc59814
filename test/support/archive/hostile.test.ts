// The hostile requests of OAI-PMH: our archive refuses each as a real one must, and our reader understands every refusal.
import { expect, test } from "vitest";
import { parseOaiAnswer } from "../../../src/sources/arxiv-oai.ts";
import { sharedSamples } from "../shared-samples.ts";
import { startArchive } from "./server.ts";
import { createSimulatedClock } from "./simulated-clock.ts";
import { createWorld } from "./world.ts";

const samples = sharedSamples("hostile-inputs.json", "hostile requests of OAI-PMH");
const now = "2026-05-13T12:00:00Z";

/** What must come of each; one that is not named here fails the test. Null: an answer like that to GET. */
const expected: Record<string, string | null> = {
  "oai-01": "badVerb",
  "oai-03": "badArgument",
  "oai-05": "cannotDisseminateFormat",
  "oai-07": "badArgument",
  "oai-08": "badArgument",
  "oai-11": "badResumptionToken",
  "oai-12": "badResumptionToken",
  "oai-13": "badResumptionToken",
  "oai-14": "idDoesNotExist",
  "oai-15": null,
  "oai-16": "badResumptionToken",
};

test.skipIf(samples.missing)(
  "every hostile request of OAI-PMH ends as it must, and is read as that",
  async () => {
    const world = createWorld({ seed: 3, from: "2026-05-11", until: "2026-05-13", papersPerDay: 8 });
    const { clock } = createSimulatedClock(now);
    await using archive = await startArchive({ world, clock, oaiPageSize: 5 });
    const ask = async (query: string, init?: RequestInit) => {
      const response = await fetch(`${archive.base}/oai${query && `?${query}`}`, init);
      expect(response.status).toBe(200);
      return response.text();
    };
    const list = parseOaiAnswer(await ask("verb=ListIdentifiers&metadataPrefix=arXivRaw&from=2026-05-01"));
    const token = (list.ok && list.resumptionToken) || "";
    expect(token).not.toBe("");
    const all = (JSON.parse(samples.text()) as { id: string; area: string; input: string }[]).filter(
      ({ area }) => area === "oai",
    );
    expect(all.map(({ id }) => id)).toEqual(Object.keys(expected));
    for (const { id, input } of all) {
      if (expected[id] === null) {
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const posted = await ask("", { method: "POST", headers, body: input.split(" ").at(-1)! });
        expect(parseOaiAnswer(posted), id).toEqual(parseOaiAnswer(await ask(input.split(" ").at(-1)!)));
        continue;
      }
      const text = await ask(input.replace("<token of ListIdentifiers>", encodeURIComponent(token)));
      expect(text, id).not.toContain("<script>");
      expect(parseOaiAnswer(text), id).toMatchObject({ ok: false, kind: "protocol", code: expected[id] });
    }
  },
);
