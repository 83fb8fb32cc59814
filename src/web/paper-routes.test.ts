import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { openPages, save } from "../../test/support/pages.ts";
import { paperItem } from "../../test/support/world-papers.ts";

const day = "2026-05-12";

describeOnBothDatabases("papers", (open) => {
  const arxiv = (value: string) => [{ scheme: "arxiv", value } as const];

  test("a page carries what readers and reference managers look for", async () => {
    const db = await open();
    await saveDay(db, day, [{ id: "2605.00001", votes: 50, authors: ["Ada Lovelace", "Charles Babbage"] }]);
    const html = await (await openPages(db)).read("/papers/2605.00001");
    expect(html).toContain('<meta name="citation_author" content="Ada Lovelace"/>');
    expect(html).toContain('<meta name="citation_author" content="Charles Babbage"/>');
    expect(html).toContain('<meta name="citation_publication_date" content="2026/05/12"/>');
    expect(html).toContain('<meta name="citation_arxiv_id" content="2605.00001"/>');
    expect(html).toContain('<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2605.00001"/>');
    expect(html).toContain('<meta property="og:title" content="Paper 2605.00001"/>');
    expect(html).toContain('<a href="/authors/Ada%20Lovelace"');
    expect(html).toContain("Why it was number 1 on 12 May 2026");
    expect(html).toContain(`<a href="/papers/date/${day}">12 May 2026</a>`);
    expect(html).toContain("submitted by Ada");
    expect(html).toContain("No repository: none of the sources names one.");
  });

  test("every edition it was in is named and explained, announced ones too", async () => {
    const db = await open();
    const paper = { id: "2605.00001", votes: 7 };
    await saveDay(db, "2026-05-11", [paper]);
    await saveDay(db, day, [
      {
        ...paper,
        votes: 9,
        announcements: [
          { category: "cs.CL", kind: "new" },
          { category: "math.GT", kind: "cross" },
        ],
      },
      { id: "2605.00002", submitter: null, announcements: [{ category: "cs.LG", kind: "new" }] },
    ]);
    const { read } = await openPages(db);
    const html = await read("/papers/2605.00001");
    expect(html).toContain('<table id="why"><caption>Why it was number 1 on 12 May 2026</caption>');
    expect(html).toContain(
      '<table id="why-2026-05-11"><caption>Why it was number 1 on 11 May 2026</caption>',
    );
    expect(html).toContain("<td>submitted by Ada, announced in cs.CL</td>");
    expect(html).not.toContain("math.GT");
    const announced = await read("/papers/2605.00002");
    expect(announced).toContain("Why it was number 2 on 12 May 2026");
    expect(announced).toContain("Announced by an archive");
  });

  test("JSON and the formats it is cited in have addresses of their own, which the page names", async () => {
    const db = await open();
    await saveDay(db, day, [{ id: "2605.00001", votes: 5 }]);
    const { fetch } = await openPages(db);
    const bib = await fetch("/papers/2605.00001.bib");
    expect(bib.headers.get("Content-Type")).toBe("application/x-bibtex; charset=utf-8");
    expect(await bib.text()).toMatch(/^@misc\{/);
    const ris = await fetch("/papers/2605.00001.ris");
    expect(ris.headers.get("Content-Type")).toBe("application/x-research-info-systems; charset=utf-8");
    expect(await ris.text()).toMatch(/^TY {2}- UNPB\r\n/);
    const csl = await fetch("/papers/2605.00001.csl.json");
    expect(csl.headers.get("Content-Type")).toBe("application/vnd.citationstyles.csl+json; charset=utf-8");
    expect(await csl.json()).toMatchObject([{ id: "2605.00001", type: "article" }]);
    const page = await (await fetch("/papers/2605.00001")).text();
    for (const extension of ["bib", "ris", "csl.json"])
      expect(page).toContain(`<a href="/papers/2605.00001.${extension}">`);
    const json = await (await fetch("/papers/2605.00001.json")).json();
    expect(json).toMatchObject({ id: "2605.00001", editions: [day], sourceIds: { arxiv: ["2605.00001"] } });
  });

  test("other ids lead to the page, with their form", async () => {
    const db = await open();
    await save(
      db,
      paperItem({
        source: "arxiv",
        sourceId: "hep-th/9901001",
        identifiers: [...arxiv("hep-th/9901001"), { scheme: "doi", value: "10.1000/x(y)" }],
      }),
    );
    const { fetch, read } = await openPages(db);
    const target = async (path: string) => {
      const answer = await fetch(path);
      return `${answer.status} ${answer.headers.get("Location")}`;
    };
    expect((await fetch("/papers/hep-th/9901001")).status).toBe(200);
    expect(await target("/papers/hep-th/9901001v2")).toBe("301 /papers/hep-th/9901001");
    expect(await target("/papers/hep-th/9901001v2.bib")).toBe("301 /papers/hep-th/9901001.bib");
    expect(await target("/papers/hep-th/9901001v2.csl.json")).toBe("301 /papers/hep-th/9901001.csl.json");
    expect(await target("/papers/10.1000/X(Y)")).toBe("301 /papers/hep-th/9901001");
    expect(await read("/papers/hep-th/9901001")).toContain('<a href="/papers/hep-th/9901001.json">');
  });

  test("an unknown one says where it may be", async () => {
    const { fetch } = await openPages(await open());
    const answer = await fetch("/papers/2605.99999");
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain("There is no paper “2605.99999” here.");
    expect(html).toContain('<a href="https://arxiv.org/abs/2605.99999">');
    expect((await fetch("/papers/%00")).status).toBe(404);
    expect((await fetch(`/papers/${"x".repeat(5000)}`)).status).toBe(404);
  });

  test("what is not held is said; a summary is no abstract; a withdrawn paper says so", async () => {
    const db = await open();
    const conference = {
      source: "conference",
      sourceId: "c:1",
      title: "A Paper Without Much",
      withdrawn: true,
      year: 2024,
    } as const;
    await save(
      db,
      paperItem({
        ...conference,
        authors: [],
        abstract: "Somebody says it is about counting.",
        abstractKind: "summary",
      }),
    );
    const { read } = await openPages(db);
    const link =
      /href="(\/papers\/(?!trending)[a-z0-9]{8})"/.exec(await read("/papers?q=paper+without+much"))?.[1] ??
      "";
    const html = await read(link);
    expect(html).toContain("Summary, not the authors’ abstract");
    expect(html).toContain(
      "No authors: the source lists titles only. No authors’ abstract. No day of publication, only the year.",
    );
    expect(html).toContain("This paper has been withdrawn");
    expect(html).not.toContain('citation_abstract"');
  });

  test("thousands of authors fold", async () => {
    const db = await open();
    const authors = Array.from({ length: 2_830 }, (_, i) => `Author Number${i}`);
    await saveDay(db, day, [{ id: "2605.00001", authors }]);
    const html = await (await openPages(db)).read("/papers/2605.00001");
    expect(html).toContain("<summary>2,818 more</summary>");
    expect(html.match(/citation_author"/g)).toHaveLength(1_000);
  });
});
