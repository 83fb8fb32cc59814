// OAI-PMH as other programs speak it: prefixed names, other order, sizes on tokens, tombstones, seconds, forgetful tokens.
// Whatever the dialect, all of a list is held afterwards.
import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openWork } from "../../test/support/harvesting.ts";
import { openServer } from "../../test/support/http-server.ts";
import type { Db } from "../database/dialect.ts";
import { harvestRange } from "./harvest.ts";

interface Dialect {
  /** Prefix of the protocol's names: "oai:"; default none. */
  prefix?: string;
  /** Instants in place of days. */
  seconds?: boolean;
  /** Attributes of a token. */
  tokenAttributes?: (cursor: number) => string;
  /** How the last page ends. */
  end?: (attributes: string) => string;
  /** The metadata's children in another order. */
  reversed?: boolean;
  /** Every n-th record is a tombstone. */
  tombstones?: number;
  /** A first day; asking for what was before is an error. */
  earliest?: string;
  /** Tokens that are refused when they come for the first time, by where they lead. */
  forgets?: number[];
  /** The code of the refusal. */
  refusal?: string;
}

const records = 23;
const pageSize = 5;
const id = (n: number) => `2605.${String(n + 1).padStart(5, "0")}`;
const dayOf = (n: number) => `2026-05-${String(11 + Math.floor(n / 8)).padStart(2, "0")}`;

function metadataOf(n: number, { reversed = false }: Dialect): string {
  const children = [
    `<id>${id(n)}</id>`,
    `<version version="v1"><date>Mon, 11 May 2026 10:00:00 GMT</date><size>9kb</size></version>`,
    `<title>On counting, part ${n}</title>`,
    `<authors>Ada Lovelace</authors>`,
    `<categories>cs.CL</categories>`,
    `<abstract>We count.</abstract>`,
  ];
  const body = (reversed ? children.reverse() : children).join("\n");
  return `<r:arXivRaw xmlns:r="http://arxiv.org/OAI/arXivRaw/">${body.replaceAll(/<(\/?)(?=[a-z])/g, "<$1r:")}</r:arXivRaw>`;
}

function openOai(dialect: Dialect) {
  const {
    prefix: p = "",
    seconds,
    tombstones = 0,
    earliest = "2005-09-16",
    refusal = "badResumptionToken",
  } = dialect;
  const forgets = new Set(dialect.forgets);
  const stamp = (n: number) => (seconds ? `${dayOf(n)}T08:${String(n).padStart(2, "0")}:00Z` : dayOf(n));
  const recordOf = (n: number) => {
    const gone = tombstones > 0 && n % tombstones === 0;
    const header = `<${p}header${gone ? ' status="deleted"' : ""}><${p}setSpec>cs:cs:CL</${p}setSpec>
      <${p}datestamp>${stamp(n)}</${p}datestamp><${p}identifier>oai:arXiv.org:${id(n)}</${p}identifier></${p}header>`;
    const about = `<${p}about><provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance"/></${p}about>`;
    return `<${p}record>${header}${gone ? "" : `<${p}metadata>${metadataOf(n, dialect)}</${p}metadata>${about}`}</${p}record>`;
  };
  const listFrom = (start: number, from: string) => {
    const shown = Array.from({ length: records }, (_, n) => n).filter((n) => n >= start && dayOf(n) >= from);
    const next = shown[pageSize];
    const attributes = dialect.tokenAttributes?.(start) ?? "";
    const token =
      next === undefined
        ? start === 0
          ? ""
          : (dialect.end?.(attributes) ?? `<${p}resumptionToken/>`)
        : `<${p}resumptionToken${attributes}>\n ${from}|${next} \n</${p}resumptionToken>`;
    return `<${p}ListRecords>${shown.slice(0, pageSize).map(recordOf).join("")}${token}</${p}ListRecords>`;
  };
  const refuse = (code: string) => `<${p}error code="${code}">no</${p}error>`;
  const answer = (query: URLSearchParams): string => {
    if (query.get("verb") === "Identify")
      return `<${p}Identify><${p}repositoryName>R</${p}repositoryName><${p}baseURL>x</${p}baseURL>
        <${p}earliestDatestamp>${seconds ? `${earliest}T00:00:00Z` : earliest}</${p}earliestDatestamp></${p}Identify>`;
    const [from = "", start] = (query.get("resumptionToken") ?? query.get("from") ?? "").split("|");
    if (start !== undefined && forgets.delete(Number(start))) return refuse(refusal);
    if (from < earliest) return refuse("badArgument");
    return from > dayOf(records - 1) ? refuse("noRecordsMatch") : listFrom(Number(start ?? 0), from);
  };
  const space = p === "" ? "xmlns" : `xmlns:${p.slice(0, -1)}`;
  return openServer(({ searchParams }) => ({
    body: `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="oai.xsl"?>
      <${p}OAI-PMH ${space}="http://www.openarchives.org/OAI/2.0/"><${p}responseDate>2026-05-14T12:00:00Z</${p}responseDate>
      <${p}request verb="ListRecords">http://oai.test/</${p}request>${answer(searchParams)}</${p}OAI-PMH>`,
  }));
}

async function harvestAll(db: Db, base: string, since = "2026-05-01") {
  const time = createSimulatedClock("2026-05-14T12:00:00Z");
  const work = openWork(db, { base }, time);
  await using _ = work.fetcher;
  return (await harvestRange(work, { since, until: "2026-05-14" }, ["arxiv"]))[0]!;
}

async function heldIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("papers").select("id").orderBy("id").execute();
  return rows.map((row) => row.id);
}

const all = Array.from({ length: records }, (_, n) => id(n));
const sized = (cursor: number) =>
  ` expirationDate="2026-05-15T00:00:00Z" completeListSize="${records}" cursor="${cursor}"`;

describeOnBothDatabases("OAI-PMH of another program", (open) => {
  test.each<[string, Dialect, string[]]>([
    ["plain", {}, all],
    ["prefixed names and other order", { prefix: "oai:", reversed: true }, all],
    [
      "sizes and cursors on its tokens",
      { tokenAttributes: sized, end: (given) => `<resumptionToken${given}/>` },
      all,
    ],
    ["white space in its last token", { end: () => "<resumptionToken>\n   </resumptionToken>" }, all],
    ["no token at the end", { end: () => "" }, all],
    ["datestamps with seconds", { seconds: true, tokenAttributes: sized }, all],
    ["tombstones", { tombstones: 4 }, all.filter((_, n) => n % 4 !== 0)],
    ["a token it forgets", { forgets: [10] }, all],
    ["several tokens it forgets", { forgets: [5, 10, 20], seconds: true }, all],
    ["a token that leads to nothing", { forgets: [15], refusal: "noRecordsMatch" }, all],
    ["a first day later than what is asked for", { earliest: "2026-05-11" }, all],
  ])("%s: all of the list is held", async (_name, dialect, expected) => {
    using server = await openOai(dialect);
    const db = await open();
    expect(await harvestAll(db, server.base)).toMatchObject({ ok: true });
    expect(await heldIds(db)).toEqual(expected);
  });

  test("a server that forgets every token gets trouble told, what came is kept, and no visit is without end", async () => {
    const asked: string[] = [];
    const error = `<error code="badResumptionToken">no</error></OAI-PMH>`;
    using server = await openOai({});
    const whole = await (await fetch(`${server.base}/?verb=ListRecords&from=2026-05-01`)).text();
    using forgetful = await openServer(({ searchParams }) => {
      asked.push(searchParams.get("from") ?? "token");
      const refused = whole.slice(0, whole.indexOf("<ListRecords>")) + error;
      return { body: searchParams.has("resumptionToken") ? refused : whole };
    });
    const db = await open();
    expect(await harvestAll(db, forgetful.base)).toMatchObject({
      ok: false,
      message: "OAI-PMH forgets where we are, again and again.",
    });
    expect(asked.slice(0, 4)).toEqual(["2026-05-01", "token", "2026-05-11", "token"]);
    expect(asked).toHaveLength(12);
    expect(await heldIds(db)).toEqual(all.slice(0, pageSize));
  });

  test("days in which nothing changed are an empty list, and no trouble", async () => {
    using server = await openOai({});
    const db = await open();
    expect(await harvestAll(db, server.base, "2026-05-14")).toMatchObject({ ok: true, records: 0 });
  });

  test("what it refuses for good is told in its words", async () => {
    using server = await openServer(() => ({
      body: `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-05-14T12:00:00Z</responseDate>
        <error code="badArgument">Set does not exist</error></OAI-PMH>`,
    }));
    const db = await open();
    expect(await harvestAll(db, server.base)).toMatchObject({
      ok: false,
      message: "OAI-PMH refuses cs.CL: Set does not exist.",
    });
    expect(server.asked).toHaveLength(2);
  });
});
