import { expect, test } from "vitest";
import { parseOaiAnswer } from "../sources/arxiv-oai.ts";
import { parseBeside, smallBytes } from "./parse-beside.ts";

const record = (
  number: number,
) => `<record><header><identifier>oai:arXiv.org:2605.${String(number).padStart(5, "0")}</identifier>
  <datestamp>2026-05-12</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata>
  <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2605.${String(number).padStart(5, "0")}</id>
  <version version="v1"><date>Mon, 11 May 2026 10:00:00 GMT</date><size>9kb</size></version>
  <title>On counting, part ${number}</title><authors>Ada Lovelace and Grace Hopper</authors>
  <categories>cs.CL</categories><abstract>${"We count. ".repeat(60)}</abstract></arXivRaw></metadata></record>`;

const page = (count: number, end = "</ListRecords></OAI-PMH>") =>
  new TextEncoder().encode(
    `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-05-12T10:00:00Z</responseDate>
     <request verb="ListRecords">http://oai.test</request><ListRecords>${Array.from({ length: count }, (_, i) => record(i + 1)).join("")}${end}`,
  );

/** Turns that other work on this thread gets until the promise is settled. */
async function countTurns(work: Promise<unknown>): Promise<number> {
  let [turns, settled] = [0, false];
  const done = work.finally(() => {
    settled = true;
  });
  while (!settled) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    turns += 1;
  }
  await done;
  return turns;
}

test("a large answer is read elsewhere, to the same end, while this thread takes its turns", async () => {
  const body = page(1_300);
  expect(body.byteLength).toBeGreaterThan(smallBytes);
  const reading = parseBeside("oai", body);
  // Read on this thread it would be done within the first turn.
  expect(await countTurns(reading)).toBeGreaterThan(10);
  expect(await reading).toEqual(parseOaiAnswer(body));
});

test("a small one is read at once", async () => {
  const reading = parseBeside("oai", page(2));
  expect(await countTurns(reading)).toBe(1);
  expect(await reading).toMatchObject({ ok: true, records: [{ arxivId: "2605.00001" }, {}] });
});

test("what is cut is broken there as here", async () => {
  const body = page(400, "");
  expect(body.byteLength).toBeGreaterThan(smallBytes);
  expect(await parseBeside("oai", body)).toMatchObject({ ok: false, kind: "broken" });
  expect(await parseBeside("acl", body)).toMatchObject({ ok: false });
});
