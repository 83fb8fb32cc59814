import { writeFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openExamples, openExamplesByMeaning } from "../../test/support/example-papers.ts";
import { addConfirmedReader } from "../../test/support/letters.ts";
import { openPages, type Pages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import { createAccessToken, listAccessTokens } from "../accounts/access-tokens-store.ts";
import type { Db } from "../database/dialect.ts";
import { insertDeliveries } from "../digest/deliveries-store.ts";
import { accessTable } from "../http/access.ts";
import { addFollow, setMark } from "../library/library.ts";
import { operations } from "./v1.ts";
import { examplesFile, readExamples } from "./v1-examples.ts";

/** Digits that no two machines need share are left out. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === "number" ? Number(each.toPrecision(5)) : each)),
  );
}

const refused: readonly [path: string, status: number, detail: string][] = [
  ["/api/v1/papers", 400, "Say either category or author"],
  ["/api/v1/papers?category=cs.CL&author=Ada", 400, "Say either category or author"],
  ["/api/v1/papers?category=cs.CL&limit=101", 400, '"limit" is not right'],
  ["/api/v1/papers?category=cs.CL&limit=1e9", 400, '"limit" is not right'],
  ["/api/v1/papers?category=cs.CL&cursor=x", 400, "no place to go on from"],
  [
    "/api/v1/papers?category=cs.CL&page=2",
    400,
    'no query parameter "page" here. Leave it out, or write it as one of: category, author, limit, cursor',
  ],
  ["/api/v1/papers/1234.56789", 404, "There is no paper"],
  ["/api/v1/papers/1234.56789/similar", 404, "There is no paper"],
  [`/api/v1/papers/${"x".repeat(600)}`, 400, '"id" is not right'],
  ["/api/v1/search", 400, '"q" is not right'],
  ["/api/v1/search?q=+", 400, "say what to search for"],
  ["/api/v1/search?q=x&mode=magic", 400, '"mode" is not right'],
  ["/api/v1/search?q=x&cursor=AAAA", 400, ""],
  [`/api/v1/search?q=${"x+".repeat(1_500)}`, 400, ""],
  ["/api/v1/editions/2026-02-30", 404, "is no day, week or month"],
  ["/api/v1/editions/2026-05-12?asOf=yesterday", 400, "instants are written"],
  ["/api/v1/editions/2026-05-12?cursor=-1", 400, "no place to go on from"],
  ["/api/v1/lists/nothing", 404, "There is no list"],
  ["/api/v1/changes", 400, '"since" is not right'],
  ["/api/v1/changes?since=-1", 400, '"since" is not right'],
  ["/api/v1/changes?since=99999999999999999999", 400, '"since" is not right'],
];

describeOnBothDatabases("our own API", (open) => {
  /** BROADSHEET_WRITE_EXAMPLES=1 writes the document's answers anew (then biome formats the file). */
  test("answers every documented example as it is documented", async () => {
    const db = await open();
    const pages = await openExamplesByMeaning(db);
    const headers = await keepExamples(db, pages);
    const examples = readExamples();
    for (const { id, answer } of operations) {
      const example = examples[id];
      if (!example) throw new Error(`The document has no example of ${id}.`);
      const response = await pages.fetch(example.request, { headers });
      expect(response.status, example.request).toBe(200);
      expect(response.headers.get("Content-Type")).toBe("application/json");
      const given = await response.json();
      // Nothing is answered that the definitions do not name.
      expect(answer.parse(given), id).toEqual(given);
      if (process.env.BROADSHEET_WRITE_EXAMPLES) example.answer = rounded(given);
      else expect(rounded(given), id).toEqual(rounded(example.answer));
    }
    if (process.env.BROADSHEET_WRITE_EXAMPLES)
      writeFileSync(examplesFile, `${JSON.stringify(examples, null, 2)}\n`);
    expect(Object.keys(examples).sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(pages.errors).toEqual([]);
  });

  test("pages by the one shape: no entry is missed or told twice, and Link says the same as next", async () => {
    const pages = await openExamples(await open());
    for (const path of [
      "/api/v1/papers?category=cs.CL,cs.CY&limit=1",
      "/api/v1/search?q=sparse+attention&limit=1",
      "/api/v1/editions/2026-05-12?limit=1",
      "/api/v1/lists/flocks?limit=1",
    ]) {
      const seen: string[] = [];
      let asked: string | null = path;
      while (asked !== null) {
        const response = await pages.fetch(asked);
        const { items, total, next } = (await response.json()) as PageOfPapers;
        seen.push(...items.map((item) => item.paper?.id ?? item.id ?? ""));
        const link = /^<https:\/\/papers\.example\.org(.+)>; rel="next"$/.exec(
          response.headers.get("Link") ?? "",
        );
        expect(link === null, asked).toBe(next === null);
        asked = link?.[1] ?? null;
        if (asked === null) expect(seen).toHaveLength(total);
        else expect(new URL(asked, "http://x").searchParams.get("cursor")).toBe(next);
      }
      expect(new Set(seen).size, path).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(1);
    }
  });

  test("tells what changed once, with what is gone, and then nothing until something changes", async () => {
    const db = await open();
    const pages = await openExamples(db);
    await db.insertInto("removed_papers").values({ pk: 77, id: "k3vq80rd", change_number: 9 }).execute();
    await db.updateTable("counters").set({ value: 9 }).where("name", "=", "changes").execute();
    const ids: string[] = [];
    let since = 0;
    for (let more = true; more; ) {
      const response = await pages.fetch(`/api/v1/changes?since=${since}&limit=2`);
      const answer = (await response.json()) as { items: Change[]; until: number; more: boolean };
      ids.push(
        ...answer.items.map(({ id, gone, paper }) => `${id}${gone ? " gone" : ""}${paper ? "" : " null"}`),
      );
      ({ until: since, more } = answer);
    }
    expect(ids).toEqual(["2605.10001", "2605.10002", "2605.10003", "k3vq80rd gone null"]);
    const quiet = await (await pages.fetch(`/api/v1/changes?since=${since}`)).json();
    expect(quiet).toEqual({ items: [], until: 9, more: false });
  });

  test("takes any id of a paper, with slashes as they are or encoded", async () => {
    const pages = await openExamples(await open());
    for (const id of [
      "arXiv:2605.10001v2",
      "https://arxiv.org/abs/2605.10001",
      "10.48550%2FarXiv.2605.10001",
    ]) {
      const response = await pages.fetch(`/api/v1/papers/${id}`);
      expect(await response.json(), id).toMatchObject({ id: "2605.10001" });
      const signals = await pages.fetch(`/api/v1/papers/${id}/signals`);
      expect(await signals.json(), id).toMatchObject({ id: "2605.10001", takenBack: [] });
    }
  });

  test("computes an edition as of an instant from nothing later", async () => {
    const pages = await openExamples(await open());
    const early = await (await pages.fetch("/api/v1/editions/2026-05-12?asOf=2026-05-12T06:30:00Z")).json();
    expect(early).toMatchObject({ items: [{ votes: null }, { votes: null }] });
    const now = (await (await pages.fetch("/api/v1/editions/latest")).json()) as { heldAt: string };
    expect(now).toMatchObject({ items: [{ votes: 42 }, { votes: 7 }] });
    const again = await (await pages.fetch(`/api/v1/editions/2026-05-12?asOf=${now.heldAt}`)).json();
    expect(again).toEqual(now);
    const empty = await (await pages.fetch("/api/v1/editions/2026-05-01")).json();
    expect(empty).toMatchObject({ items: [], total: 0, number: null, asOf: null, nextKey: "2026-05-12" });
  });

  test("explains each paper of an edition where it is asked to, as its page does", async () => {
    const pages = await openExamples(await open());
    const key = "2026-05-12";
    interface Explained {
      items: { paper: { id: string }; explanation?: Record<string, unknown> }[];
    }
    const { items } = (await (await pages.fetch(`/api/v1/editions/${key}?explain=true`)).json()) as Explained;
    expect(items.length).toBeGreaterThan(0);
    for (const { paper, explanation } of items) {
      const page = await pages.fetch(`/explain/${key}/${paper.id}?format=json`);
      expect(await page.json()).toMatchObject(explanation!);
    }
    const plain = (await (await pages.fetch(`/api/v1/editions/${key}`)).json()) as Explained;
    expect(plain.items[0]).not.toHaveProperty("explanation");
    expect((await pages.fetch(`/api/v1/editions/${key}?explain=yes`)).status).toBe(400);
  });

  test("gives what is one reader's own to him, by a token that allows it, and to nobody else", async () => {
    const db = await open();
    const pages = await openExamples(db);
    const headers = await keepExamples(db, pages);
    const { account } = await signInAs(pages.accounts, "grace@x.test", "reader");
    const given = { accountId: account.id, name: "t", scopes: ["read", "vote"] as const };
    const reading = {
      Authorization: `Bearer ${await createAccessToken(db, given, "2026-05-12T10:00:00.000Z")}`,
    };
    for (const path of ["marks", "follows", "library", "issues", "picks"].map(
      (name) => `/api/v1/me/${name}`,
    )) {
      const stranger = await pages.fetch(path);
      expect(await stranger.json(), path).toMatchObject({ status: 401, code: "sign-in" });
      const without = await pages.fetch(path, { headers: reading });
      expect(await without.json(), path).toMatchObject({ status: 403, code: "scope" });
      const own = await pages.fetch(path, { headers });
      expect(own.status, path).toBe(200);
      expect(own.headers.get("Cache-Control"), path).toBe("private, no-cache");
    }
    const first = (await (await pages.fetch("/api/v1/me/marks?limit=1", { headers })).json()) as PageOfPapers;
    expect(first).toMatchObject({ total: 2, items: [{ kind: "later", paper: { id: "2605.10002" } }] });
    const second = await pages.fetch(`/api/v1/me/marks?limit=1&cursor=${first.next}`, { headers });
    expect(await second.json()).toMatchObject({ next: null, items: [{ kind: "save", folder: "flocks" }] });
    const saved = await pages.fetch("/api/v1/me/marks?kind=save&folder=flocks", { headers });
    expect(await saved.json()).toMatchObject({ total: 1 });
    const listed = await listAccessTokens(db, (await accountOf(pages)).id);
    expect(listed[0]?.lastUsedAt).toBe("2026-05-12T12:00:00.000Z");
    expect((await pages.fetch("/api/v1/me/marks?cursor=x", { headers })).status).toBe(400);
  });

  test("a search explains each hit where it is asked to, and only there", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 2));
    const pages = await openPages(db);
    const read = async (path: string) =>
      (await (await pages.fetch(`/api/v1/search?q=counting${path}`)).json()) as {
        items: { score: number; explanation?: { score: number; terms: { name: string; part: number }[] } }[];
      };
    for (const { score, explanation } of (await read("&explain=true")).items) {
      expect(explanation!.score).toBeCloseTo(score, 6);
      expect(explanation!.terms.map(({ name }) => name)).toContain("title");
      expect(explanation!.terms.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 6);
    }
    expect((await read("")).items.map((item) => "explanation" in item)).toEqual([false, false]);
  });

  test("a search for an identifier is answered by its paper alone, else by its words", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 2));
    const pages = await openPages(db);
    const read = async (query: string) =>
      (await (await pages.fetch(`/api/v1/search?q=${encodeURIComponent(query)}`)).json()) as {
        items: { paper: { id: string }; why: { kind: string }[] }[];
        total: number;
        direct?: { id?: string };
      };
    for (const query of [
      "2605.12001",
      "https://arxiv.org/pdf/2605.12001v3",
      "doi:10.48550/arXiv.2605.12001",
    ]) {
      const { items, total, direct } = await read(query);
      expect([items.map(({ paper }) => paper.id), total, direct?.id], query).toEqual([
        ["2605.12001"],
        1,
        "2605.12001",
      ]);
      expect(items[0]!.why[0]!.kind).toBe("identifier");
    }
    const unknown = await read("2605.99999");
    expect([unknown.total, unknown.direct]).toEqual([0, { scheme: "arxiv", value: "2605.99999" }]);
    expect((await read("2605.12001 counting")).direct).toBeUndefined();
  });

  test("takes no more queries for twice the papers", async () => {
    const db = await open();
    const count = (path: string) =>
      countStatements(db, async (counting) => {
        const pages = await openPages(counting);
        expect((await pages.fetch(path)).status, path).toBe(200);
      });
    const paths = [
      "papers?author=Ada+Lovelace",
      "search?q=counting",
      "editions/2026-05-12",
      "changes?since=0",
    ];
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 5));
    const before: number[] = [];
    for (const path of paths) before.push(await count(`/api/v1/${path}`));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 15));
    const after: number[] = [];
    for (const path of paths) after.push(await count(`/api/v1/${path}`));
    expect(after).toEqual(before);
  });

  test("refuses what is not understood with a problem that says what", async () => {
    const pages = await openExamples(await open());
    for (const [path, status, detail] of refused) {
      const response = await pages.fetch(path);
      expect(response.status, path).toBe(status);
      expect(response.headers.get("Content-Type"), path).toBe("application/problem+json");
      const problem = (await response.json()) as { detail: string };
      expect(problem, path).toMatchObject({ status, code: status === 404 ? "not-found" : "bad-input" });
      expect(problem.detail, path).toContain(detail);
    }
    expect(pages.errors).toEqual([]);
  });

  test("answers 304 to whoever holds the same, and packs for whoever unpacks", async () => {
    const pages = await openExamples(await open());
    const path = "/api/v1/editions/2026-05-12";
    const first = await pages.fetch(path);
    const tag = first.headers.get("ETag") ?? "";
    expect(tag).toMatch(/^(W\/)?".+"$/);
    const second = await pages.fetch(path, { headers: { "If-None-Match": tag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    expect(second.headers.get("RateLimit")).toContain("r=498");
    const packed = await pages.fetch(path, { headers: { "Accept-Encoding": "gzip" } });
    expect(packed.headers.get("Content-Encoding")).toBe("gzip");
  });
});

/** What a reader keeps, in the examples; her token. */
async function keepExamples(db: Db, pages: Pages): Promise<{ Authorization: string }> {
  const { id } = await accountOf(pages);
  const pks = await db.selectFrom("papers").select(["pk", "id"]).orderBy("id").execute();
  const mark = { paperPk: pks[0]!.pk, kind: "save", folder: "flocks" } as const;
  await setMark(db, id, mark, "2026-05-12T09:30:00.000Z");
  await setMark(db, id, { paperPk: pks[1]!.pk, kind: "later" }, "2026-05-12T09:40:00.000Z");
  await addFollow(db, id, { kind: "author", value: "Emmy Noether" }, "2026-05-12T09:50:00.000Z");
  await addFollow(db, id, { kind: "category", value: "cs.CY" }, "2026-05-12T09:55:00.000Z");
  const reader = await addConfirmedReader(db, "ada@x.test");
  const paper = {
    pk: pks[0]!.pk,
    rank: 1,
    share: 1,
    step: 1,
    reason: "42 votes",
    version: 1,
    part: "edition",
  };
  const payload = JSON.stringify({ day: "2026-05-12", number: 1, asOf: "x", held: 2, papers: [paper] });
  const letter = {
    subscriber_pk: reader.pk,
    kind: "digest",
    issue: "2026-05-12",
    message_id: "m",
    payload,
  } as const;
  await insertDeliveries(db, [letter], "2026-05-12T10:00:00.000Z");
  const given = { accountId: id, name: "reader", scopes: ["read", "library"] as const };
  return { Authorization: `Bearer ${await createAccessToken(db, given, "2026-05-12T10:00:00.000Z")}` };
}

async function accountOf({ accounts }: Pages) {
  return (await signInAs(accounts, "ada@x.test", "reader")).account;
}

interface PageOfPapers {
  items: { id?: string; paper?: { id: string } }[];
  total: number;
  next: string | null;
}

interface Change {
  id: string;
  gone: boolean;
  paper: object | null;
}

describeOnBothDatabases("the document of our own API", (open) => {
  test("is OpenAPI 3.1 as an outside validator reads it, and has an example of everything", async () => {
    const pages = await openExamples(await open());
    const response = await pages.fetch("/api/v1/openapi.json");
    const document = (await response.json()) as Document;
    const checked = await new Validator().validate(document as unknown as Record<string, unknown>);
    expect(checked).toEqual({ valid: true });
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: "https://papers.example.org" }]);
    const written = Object.values(document.paths).map(({ get }) => get);
    expect(written.map(({ operationId }) => operationId).sort()).toEqual(
      operations.map(({ id }) => id).sort(),
    );
    for (const { operationId, responses } of written)
      expect(responses["200"].content["application/json"]?.example, operationId).toBeDefined();
  });
});

interface Document {
  openapi: string;
  servers: unknown;
  paths: Record<
    string,
    { get: { operationId: string; responses: { "200": { content: Record<string, { example?: unknown }> } } } }
  >;
}

describe("the table of access", () => {
  test("has every operation, with the scope that the document names", () => {
    const entries = new Map(
      accessTable.map((entry) => [entry.path.replaceAll(/:(\w+)(\{\.\+\})?/g, "{$1}"), entry]),
    );
    for (const { path, scope } of operations) {
      expect(entries.get(path), path).toBeDefined();
      expect(entries.get(path)?.who === "anyone", path).toBe(scope === undefined);
    }
  });
});
