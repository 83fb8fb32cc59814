import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";

const day = "2026-05-12";

/** The address behind a link, by its text. */
function hrefOf(html: string, text: string): string {
  const link = new RegExp(`<a href="([^"]+)"[^>]*>(?:<b>)?${text}`).exec(html);
  return (link?.[1] ?? "").replaceAll("&amp;", "&");
}

describeOnBothDatabases("search", (open) => {
  test("finds, marks what matched, says why, and pages on by a cursor", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 45));
    const { read, fetch } = await openPages(db);
    const first = await read("/papers?q=counting");
    expect(first).toContain("45 papers for");
    expect(first).toContain("<mark>Counting</mark>");
    expect(first).toContain("Found by the words counting");
    const second = await read(hrefOf(first, "Next 20"));
    expect(second).toContain("21 to 40");
    expect(second).toContain('<span class="rank">21</span>');
    const third = await read(hrefOf(second, "Next 5"));
    expect(third).toContain("41 to 45");
    expect(hrefOf(third, "First results")).toBe("/papers?q=counting");
    expect(await read("/papers?q=zymurgy")).toContain("No paper holds");
    expect((await fetch("/papers?q=counting&cursor=xx")).status).toBe(400);
    expect(await read("/papers")).toContain("Search 45 papers");
    const guessed = await fetch("/search?q=counting&sort=newest");
    expect([guessed.status, guessed.headers.get("Location")]).toEqual([
      301,
      "/papers?q=counting&sort=newest",
    ]);
  });

  test("with ?explain shows the terms of every score, on the next page too, and leads back", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 25));
    const pages = await openPages(db);
    const { read } = pages;
    const plain = await read("/papers?q=counting");
    expect(plain).not.toContain('class="terms"');
    const explained = await read(hrefOf(plain, "every score"));
    expect(explained.match(/<table class="terms"/g)).toHaveLength(20);
    expect(explained).toMatch(
      /Words of the query in its title: <bdi>counting 1<\/bdi><span class="how"> 6 each, by BM25F/,
    );
    expect(explained).toMatch(/<tr class="sum"><th scope="row">Score<\/th><td>[\d.]+/);
    expect(hrefOf(explained, "without the scores")).toBe("/papers?q=counting");
    const second = await read(hrefOf(explained, "Next 5"));
    expect(second.match(/<table class="terms"/g)).toHaveLength(5);
    const { search } = pages;
    search.setStandings([
      { key: search.search({ query: "counting", limit: 1 }).hits[0]!.key, votes: 1_234, trending: 9 },
    ]);
    const voted = await read("/papers?q=counting&sort=votes&explain");
    expect(voted).toMatch(/Votes: <bdi>1,234<\/bdi><span class="how"> 1 each/);
  });

  test("narrows and orders by links, and takes a condition back", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    await saveDay(db, "2024-03-04", papersOf("2024-03-04", 2));
    const { read } = await openPages(db);
    const all = await read("/papers?q=counting");
    const narrowed = await read(hrefOf(all, "2024"));
    expect(narrowed).toContain("2 papers for");
    expect(hrefOf(narrowed, "2024, all again")).toBe("/papers?q=counting");
    expect(hrefOf(all, "newest first")).toBe("/papers?q=counting&sort=newest");
    const newest = await read("/papers?q=counting&sort=newest&mode=words");
    expect(newest.indexOf("of 2026-05-12")).toBeLessThan(newest.indexOf("of 2024-03-04"));
    expect(newest).toContain('<input type="hidden" name="sort" value="newest"/>');
    expect(hrefOf(newest, "best match")).toBe("/papers?q=counting&mode=words");
  });

  test("says what it searched instead, and how to search as typed", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { read } = await openPages(db);
    const repaired = await read("/papers?q=countnig");
    expect(repaired).toContain("3 papers for");
    expect(hrefOf(repaired, "Search it as typed")).toBe("/papers?q=countnig&as=typed");
    expect(await read("/papers?q=countnig&as=typed")).toContain("No paper holds");
  });

  test("says what to try where nothing was found", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { read } = await openPages(db);
    const ask = (query: string) => read(`/papers?q=${encodeURIComponent(query)}`);
    const phrase = await ask('"counting of" (2026)');
    expect(phrase).toContain("Try fewer words, or another spelling.");
    expect(hrefOf(phrase, "Search the words apart")).toBe("/papers?q=counting+of+%282026%29");
    for (const query of ["zymurgy", 'author:"Ada Nobody"', 'zymurgy -"of counting"'])
      expect(await ask(query), query).not.toContain("Search the words apart");
    expect(await ask("counting year:1999")).toContain("No paper answers “<bdi>counting year:1999</bdi>”");
    expect(await ask("- *")).toContain("Signs alone say nothing");
    const stranger = await ask("in:library");
    expect(stranger).toContain("for readers who are signed in");
    expect(stranger).not.toContain("Only papers you saved");
    expect(await ask("a $x^2$ zymurgy")).toContain("<bdi>a x² zymurgy</bdi>");
  });

  test("names what tells one paper from the others, not the condition they all meet", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { read } = await openPages(db);
    const html = await read("/papers?q=counting+year%3A2026");
    expect(html).toContain("Found by year: 2026; the words counting");
    expect(html).toMatch(/<a href="#why-1">.*?words<\/a>/s);
    expect(await read("/papers?q=year%3A2026")).toMatch(/<a href="#why-1">.*?field<\/a>/s);
    const like = await read("/papers?q=like%3A2605.12001+counting");
    expect(like).toContain("At least 2 papers for");
    expect(like).toContain("Found by being like 2605.12001; the words counting.");
    expect(like).toMatch(/<a href="#why-1">.*?like<\/a>/s);
  });

  test("says where a query could not be read, and answers it all the same", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { read } = await openPages(db);
    const html = await read(`/papers?q=${encodeURIComponent("counting year:soon")}`);
    expect(html).toContain("is no year");
    expect(html).toContain("3 papers for");
  });

  test("an identifier leads straight to its paper, and others like it are a link away", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { fetch, read } = await openPages(db);
    for (const written of ["2605.12001", "arXiv:2605.12001v2", "https://arxiv.org/abs/2605.12001"]) {
      const answer = await fetch(`/papers?q=${encodeURIComponent(written)}`);
      expect([answer.status, answer.headers.get("Location")], written).toEqual([302, "/papers/2605.12001"]);
    }
    expect(await read("/papers?q=2605.99999")).toContain("No paper with this id");
    const asTyped = await read("/papers?q=2605.12001&as=typed");
    expect(asTyped).toContain("No paper holds");
    expect(asTyped).not.toContain("No paper with this id");
    expect(await read("/papers?q=counting")).toContain('href="/papers?q=like%3A2605.12001"');
    expect(await read("/papers/2605.12001")).toContain('href="/papers?q=like%3A2605.12001"');
  });

  test("a query is text wherever it is shown", async () => {
    const { read } = await openPages(await open());
    const html = await read(`/papers?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).not.toContain("<script>");
    const long = await read(`/papers?q=${"x".repeat(5000)}`);
    expect(long).toContain("at most 2,000 are searched");
    expect(long.length).toBeLessThan(30_000);
  });

  test("suggestions come as JSON, few and short, whatever is typed", async () => {
    const db = await open();
    await saveDay(db, day, [
      { id: "2605.00001", title: "Counting <b>Sheep</b>", authors: ["Ada Counter"], votes: 3 },
    ]);
    const { fetch, search } = await openPages(db);
    await search.prepareSuggestions();
    const answer = await fetch("/search/suggest?q=coun");
    expect(answer.headers.get("Cache-Control")).toBe("private, max-age=60");
    const { suggestions } = (await answer.json()) as { suggestions: { kind: string; href: string }[] };
    expect(suggestions.map(({ kind, href }) => [kind, href])).toEqual([["title", "/papers/2605.00001"]]);
    for (const typed of ["", "x".repeat(9000), "%ff", "((("]) {
      const other = await fetch(`/search/suggest?q=${typed}`);
      expect([other.status, (await other.text()).length < 5_000], typed).toEqual([200, true]);
    }
  });
});
