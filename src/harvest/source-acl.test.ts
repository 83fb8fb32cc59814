import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openWork } from "../../test/support/harvesting.ts";
import { openServer, type TestAnswer } from "../../test/support/http-server.ts";
import type { Db } from "../database/dialect.ts";
import { countPapers } from "../papers/papers-store.ts";
import { harvestDue, harvestRange } from "./harvest.ts";
import { findStream } from "./harvest-streams-store.ts";

const now = "2026-05-12T08:00:00Z";

/** A collection with one volume of so many papers. */
function collection(id: string, papers: number, word = "counting"): string {
  const all = Array.from(
    { length: papers },
    (_, i) => `<paper id="${i + 1}"><title>On ${word} in ${id}, part ${i + 1}</title></paper>`,
  );
  return `<collection id="${id}"><volume id="1"><meta><booktitle>B</booktitle><year>2026</year></meta>${all.join("")}</volume></collection>`;
}

interface Folder {
  files: Record<string, { body: string; sha?: string }>;
  spoil: (path: string) => TestAnswer | null;
}

/** A folder of collections; with fingerprints it lists itself as GitHub does, else as a web server. */
async function openFolder(files: Folder["files"]) {
  const folder: Folder = { files, spoil: () => null };
  const server = await openServer(({ pathname }, request) => {
    const spoiled = folder.spoil(pathname);
    if (spoiled !== null) return spoiled;
    const body = pathname === "/" ? listOf(folder) : folder.files[pathname.slice(1)]?.body;
    if (body === undefined) return { status: 404, body: "not found" };
    const etag = `"${Buffer.from(body).toString("base64url").slice(-40)}${body.length}"`;
    return request.headers["if-none-match"] === etag ? { status: 304 } : { headers: { etag }, body };
  });
  return { ...server, folder, [Symbol.dispose]: () => server[Symbol.dispose]() };
}

function listOf({ files }: Folder): string {
  const names = Object.entries(files);
  if (names.some(([, { sha }]) => sha === undefined))
    return names.map(([name]) => `<a href="${name}">${name}</a>`).join("\n");
  return JSON.stringify({ tree: names.map(([path, { sha }]) => ({ path, sha })), truncated: false });
}

function openVisits(db: Db, base: string) {
  const time = createSimulatedClock(now);
  const work = openWork(db, { base }, time, { sources: ["acl"] });
  const visit = async (hours = 25) => {
    const reports = await harvestDue(work);
    time.advanceTo(new Date(time.clock().getTime() + hours * 3_600_000));
    return reports[0]!;
  };
  return { work, visit };
}

describeOnBothDatabases("the ACL Anthology", (open) => {
  test("the collections of two years; afterwards only what the list says has changed", async () => {
    using server = await openFolder({
      "2026.test.xml": { body: collection("2026.test", 3), sha: "a" },
      "2025.test.xml": { body: collection("2025.test", 2), sha: "b" },
      "P19.xml": { body: collection("P19", 2), sha: "c" },
      "schema.rnc": { body: "x", sha: "d" },
    });
    const db = await open();
    const { work, visit } = openVisits(db, server.base);
    await using _ = work.fetcher;
    expect(await visit()).toMatchObject({
      ok: true,
      records: 5,
      message: "Collections of 2025 to 2026: 2 are here, 2 of them new or changed.",
      nextAt: expect.stringMatching(/^2026-05-13/),
    });
    expect(server.asked).toEqual(["/", "/2025.test.xml", "/2026.test.xml"]);
    expect(await visit()).toMatchObject({ ok: true, records: 0 });
    expect(server.asked.slice(3)).toEqual(["/"]);
    server.folder.files["2026.test.xml"] = { body: collection("2026.test", 4), sha: "a2" };
    expect(await visit()).toMatchObject({
      ok: true,
      records: 4,
      message: expect.stringContaining("1 of them new or changed"),
    });
    expect(server.asked.slice(4)).toEqual(["/", "/2026.test.xml"]);
    expect(await countPapers(db)).toBe(6);
    expect(await harvestRange(work, { since: "2019-01-01", until: "2019-12-31" })).toMatchObject([
      { ok: true },
    ]);
    expect(await countPapers(db)).toBe(8);
  });

  test("without fingerprints each file is asked for by its validator", async () => {
    using server = await openFolder({ "2026.test.xml": { body: collection("2026.test", 2) } });
    const db = await open();
    const { work, visit } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await visit();
    server.folder.files["2026.more.xml"] = { body: collection("2026.more", 1) };
    expect(await visit()).toMatchObject({
      ok: true,
      records: 1,
      message: expect.stringContaining("1 of them new or changed"),
    });
    expect(server.asked).toEqual(["/", "/2026.test.xml", "/", "/2026.more.xml", "/2026.test.xml"]);
    expect(await countPapers(db)).toBe(3);
  });

  test("a server that breaks off is gone on with at the collection that is missing", async () => {
    using server = await openFolder({
      "2026.a.xml": { body: collection("2026.a", 2), sha: "a" },
      "2026.b.xml": { body: collection("2026.b", 2), sha: "b" },
      "2026.c.xml": { body: collection("2026.c", 2), sha: "c" },
    });
    const db = await open();
    const { work, visit } = openVisits(db, server.base);
    await using _ = work.fetcher;
    server.folder.spoil = (path) =>
      path === "/2026.b.xml" ? { status: 503, headers: { "retry-after": "60" } } : null;
    expect(await visit(1)).toMatchObject({ ok: false, records: 2 });
    expect((await findStream(db, "acl collections"))!.position).toMatchObject({
      held: { "2026.a": { fingerprint: "a" } },
      todo: [{ collection: "2026.b" }, { collection: "2026.c" }],
    });
    server.folder.spoil = () => null;
    expect(await visit()).toMatchObject({ ok: true, records: 4 });
    expect(server.asked).toEqual(["/", "/2026.a.xml", "/2026.b.xml", "/2026.b.xml", "/2026.c.xml"]);
    expect(await countPapers(db)).toBe(6);
  });

  test("a collection that cannot be read is named, keeps no other waiting, and is asked for again", async () => {
    using server = await openFolder({
      "2026.a.xml": { body: "<collection id='2026.a'><volume>", sha: "a" },
      "2026.b.xml": { body: collection("2026.b", 2), sha: "b" },
    });
    const db = await open();
    const { work, visit } = openVisits(db, server.base);
    await using _ = work.fetcher;
    expect(await visit()).toMatchObject({
      ok: false,
      records: 2,
      message: expect.stringContaining("2026.a: "),
    });
    server.folder.files["2026.a.xml"] = { body: collection("2026.a", 1), sha: "a" };
    expect(await visit()).toMatchObject({ ok: true, records: 1 });
    expect(server.asked.slice(3)).toEqual(["/", "/2026.a.xml"]);
  });

  test("a list that is none is trouble, never an anthology without papers", async () => {
    using server = await openFolder({});
    const db = await open();
    const { work, visit } = openVisits(db, server.base);
    await using _ = work.fetcher;
    expect(await visit()).toMatchObject({
      ok: false,
      message: "The list of collections cannot be used: it names no collection.",
    });
  });
});
