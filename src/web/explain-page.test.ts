import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";
import type { Explanation } from "../editions/explain.ts";
import { formulaVersion } from "../editions/formula.ts";

const day = "2026-05-12";
const hostile = `<script>alert("x")</script> & "quotes" ‮ \${1} <img src=x onerror=alert(1)>`;

describeOnBothDatabases("explanations", (open) => {
  async function openDay(now?: string) {
    const db = await open();
    await saveDay(db, day, [
      { id: "2605.00001", votes: 9, title: hostile, submitter: `"><svg onload=alert(2)>` },
      { id: "2605.00002", announcements: [{ category: "cs.CL", kind: "new" }], submitter: null },
      { id: "10.1000/a<b", votes: 2, signals: [repository("javascript:alert(3)")] },
    ]);
    return { db, ...(await openPages(db, now === undefined ? {} : { now })) };
  }

  test("say every term with value, weight and share, the switches, what is recorded, and the cut-off", async () => {
    const { read, errors } = await openDay();
    const html = await read(`/explain/${day}/2605.00001`);
    expect(html).toContain("Why it is number 1 of 3 on");
    expect(html).toMatch(/Votes <span class="how">1 each<\/span><\/th><td>9<\/td><td>9<\/td><td>90 %<\/td>/);
    expect(html).toMatch(/Put forward for the day <span class="how">1 point<\/span>/);
    expect(html).toContain(`<a href="/about#formula">${formulaVersion}</a>, term by term`);
    expect(html).toMatch(/Star velocity<\/th><td class="words">[^<]+<\/td><td>off/);
    expect(html).toMatch(/hub, about <time datetime="2026-05-12T08:30:00.000Z">08:30 UTC, 12 May 2026/);
    expect(html).toContain("recorded here at 09:00 UTC, 12 May 2026");
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).not.toMatch(/<script>alert|<svg onload|<img src=x/);
    expect(errors).toEqual([]);
  });

  test("are the same as JSON, in the words of the API", async () => {
    const { fetch } = await openDay();
    const answer = await fetch(`/explain/${day}/2605.00001?format=json`);
    expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
    const explained = (await answer.json()) as Explanation & { recorded: object; url: string };
    expect(explained).toMatchObject({
      paper: "2605.00001",
      edition: day,
      rank: 1,
      score: 10,
      formula: formulaVersion,
    });
    expect(explained.terms.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
    expect(explained.url).toBe(`https://papers.example.org/explain/${day}/2605.00001`);
    expect(explained.recorded).toMatchObject({
      submissions: [{ day, source: "hub" }],
      signals: [{ kind: "upvotes", source: "hub", value: 9, approximate: true }],
    });
    expect((await fetch(`/explain/${day}/2605.00001?format=xml`)).status).toBe(400);
  });

  test("never make a link of what is none, whatever the id holds", async () => {
    const { read, fetch } = await openDay();
    const page = await read(`/papers/date/${day}`);
    const path = /href="(\/explain\/2026-05-12\/(?!2605)[^"]*)"/.exec(page)?.[1];
    expect(path).toBeDefined();
    expect((await fetch(path!)).status).toBe(200);
    expect(await read(path!)).not.toContain('href="javascript:');
  });

  test("of other spellings lead to the right address; what is not there says where it may be", async () => {
    const { fetch, read } = await openDay();
    const moved = await fetch("/explain/2026-5-12/arXiv:2605.00001v3?format=json");
    expect([moved.status, moved.headers.get("Location")]).toEqual([
      301,
      `/explain/${day}/2605.00001?format=json`,
    ]);
    for (const path of ["/explain/2026-05-11/2605.00001", `/explain/${day}/2605.99999`, "/explain/never/x"])
      expect((await fetch(path)).status, path).toBe(404);
    expect(await read("/explain/2026-05-11/2605.00001")).toContain(
      "is not on the page of Monday 11 May 2026",
    );
    expect((await fetch("/explain/2026-W20/2605.00001")).status).toBe(200);
  });

  test("are linked from the margin of every item, and on the paper's own page", async () => {
    const { read } = await openDay();
    const page = await read(`/papers/date/${day}`);
    for (const id of ["2605.00001", "2605.00002"]) expect(page).toContain(`href="/explain/${day}/${id}"`);
    expect(await read("/papers/2605.00001")).toContain(`href="/explain/${day}/2605.00001"`);
  });

  test("stand in place on a page with ?explain, which search engines leave out", async () => {
    const { read } = await openDay();
    const plain = await read(`/papers/date/${day}`);
    const html = await read(`/papers/date/${day}?explain`);
    expect(plain).not.toContain('class="terms"');
    expect(plain).toContain(`href="/papers/date/${day}?explain"`);
    expect(html.match(/<table class="terms"/g)).toHaveLength(3);
    expect(html).toMatch(
      /Votes: <bdi>9<\/bdi><span class="how"> 1 each<\/span><\/th><td>9<\/td><td>90 %<\/td>/,
    );
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).toContain(`<link rel="canonical" href="https://papers.example.org/papers/date/${day}"/>`);
  });

  test("of a page as it stood are of that page, with what was recorded then", async () => {
    const { db, read } = await openDay();
    await saveDay(
      db,
      day,
      [{ id: "2605.00001", signals: [{ ...votes(500), observedAt: "2026-05-12T20:00:00.000Z" }] }],
      "2026-05-13T09:00:00.000Z",
    );
    const then = `/explain/${day}/2605.00001?as-of=2026-05-12T10:00:00Z`;
    const page = await read(`/papers/date/${day}?as-of=2026-05-12T10:00:00Z`);
    expect(page).toContain(`href="${then}"`);
    expect(await read(then)).toContain("<td>9</td><td>9</td><td>90 %</td>");
    expect(await read(then)).toContain("The page as it stood at 10:00 UTC, 12 May 2026.");
    expect(await read(`/explain/${day}/2605.00001`)).toContain("<td>500</td>");
  });
});

describeOnBothDatabases("a page as it stood", (open) => {
  const at = `/papers/date/${day}?as-of=2026-05-13T00:00:00Z`;

  test("is the same bytes whatever comes later, kept by shared caches and left out by search engines", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 5));
    const pages = await openPages(db, { now: "2026-05-13T12:00:00.000Z" });
    const before = await pages.fetch(at);
    const html = await before.text();
    expect(before.headers.get("Cache-Control")).toBe("public, max-age=3600, s-maxage=31536000");
    expect(html).toContain("as it stood at");
    expect(html).toContain(`· <a href="/papers/date/${day}">now</a>`);
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    const later = papersOf(day, 5).map(({ id }) => ({ id, title: "Renamed", votes: 700 }));
    await saveDay(db, day, later, "2026-05-13T13:00:00.000Z");
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 2), "2026-05-13T13:30:00.000Z");
    const again = await openPages(db, { now: "2026-06-13T12:00:00.000Z" });
    expect(await again.read(at)).toBe(html);
    expect(await again.read(`/papers/date/${day}`)).toContain("Renamed");
  });

  test("is not kept while what it is made of may still be on its way", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    const { fetch } = await openPages(db, { now: "2026-05-13T00:30:00.000Z" });
    expect((await fetch(at)).headers.get("Cache-Control")).toBe("no-cache");
  });

  test("is offered beside now only where more has come since the closing", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    const before = await openPages(db);
    expect(await before.read(`/papers/date/${day}`)).not.toContain("as-of=");
    await saveDay(
      db,
      day,
      [{ id: papersOf(day, 1)[0]!.id, signals: [{ ...votes(90), observedAt: "2026-05-14T08:00:00.000Z" }] }],
      "2026-05-14T09:00:00.000Z",
    );
    const after = await before.read(`/papers/date/${day}`);
    expect(after).toContain(`<a href="${at}">as it stood when the day closed</a>`);
    expect(await before.read("/papers/week/2026-W20")).not.toContain("as-of=");
  });

  test.each(["yesterday", "", "2026-02-30", "2027-01-01T00:00:00Z", "<b>"])(
    "as of %j: 400 and how to write it",
    async (text) => {
      const { fetch } = await openPages(await open());
      const answer = await fetch(`/papers/date/${day}?as-of=${encodeURIComponent(text)}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("A time is written like 2026-05-12T10:00:00Z");
    },
  );

  test("of before there was anything is none", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    const { fetch } = await openPages(db);
    const answer = await fetch(`/papers/date/${day}?as-of=2026-05-10`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(
      "There was no page of Tuesday 12 May 2026 at 00:00 UTC, 10 May 2026.",
    );
  });
});

function votes(value: number) {
  return { kind: "upvotes", source: "hub", value } as const;
}

function repository(detail: string) {
  return { kind: "repository", source: "hub", detail, observedAt: "2026-05-12T08:30:00.000Z" } as const;
}
