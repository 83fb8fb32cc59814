// What machines read of a paper's page: search engines, reference managers, previews, programs that follow typed links.
import { parseFragment } from "parse5";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, save } from "../../test/support/pages.ts";
import type { PaperRecord } from "../papers/paper.ts";

const hostile = '</script><script>alert(1)</script><!-- "x" \u2028 &lt;';

function itemOf(given: Partial<PaperRecord>) {
  return { records: [recordOf(given)], submissions: [], announcements: [], signals: [], places: [] };
}

/** Every element of the document, in order. */
function elementsOf(html: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const found: ReturnType<typeof elementsOf> = [];
  const walk = (node: unknown) => {
    const {
      tagName,
      attrs = [],
      childNodes = [],
    } = node as {
      tagName?: string;
      attrs?: { name: string; value: string }[];
      childNodes?: { value?: string }[];
    };
    if (tagName !== undefined) {
      const attributes = Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
      found.push({ name: tagName, attributes, text: childNodes.map(({ value }) => value ?? "").join("") });
    }
    for (const child of childNodes) walk(child);
  };
  walk(parseFragment(html));
  return found;
}

/** The entries of a header Link (RFC 8288), as address and parameters. */
function linksOf(header: string): { href: string; rel: string; type?: string }[] {
  return [...header.matchAll(/<([^>]*)>((?:; \w+="[^"]*")*)(?:, |$)/g)].map(([, href, words]) => ({
    href: href!,
    ...(Object.fromEntries([...words!.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]])) as {
      rel: string;
    }),
  }));
}

describeOnBothDatabases("a paper's page for machines", (open) => {
  test("names the paper in schema.org's words, whatever its title holds, and in nothing that runs", async () => {
    const db = await open();
    await save(db, itemOf({ title: hostile, abstract: hostile }));
    const elements = elementsOf(await (await openPages(db)).read("/papers/2605.00001"));
    const scripts = elements.filter(({ name }) => name === "script");
    expect(scripts.map(({ attributes }) => attributes.type)).toEqual(["module", "application/ld+json"]);
    const article = JSON.parse(scripts[1]!.text);
    expect(article).toMatchObject({
      "@type": "ScholarlyArticle",
      url: "https://papers.example.org/papers/2605.00001",
      image: "https://papers.example.org/thumbnails/2605.00001.png",
      author: [{ "@type": "Person", name: "Ada Lovelace" }],
      identifier: [{ "@type": "PropertyValue", propertyID: "arXiv", value: "2605.00001" }],
    });
    expect(article.headline).toContain("alert(1)");
  });

  test("gives reference managers and previews what they look for", async () => {
    const db = await open();
    const doi = { scheme: "doi" as const, value: "10.1234/a<b>" };
    const { identifiers } = recordOf();
    await save(db, itemOf({ identifiers: [...identifiers, doi], publishedOn: "2026-05-12" }));
    const elements = elementsOf(await (await openPages(db)).read("/papers/2605.00001"));
    const metas = elements.filter(({ name }) => name === "meta").map(({ attributes }) => attributes);
    const contentOf = (name: string) =>
      metas.filter((meta) => meta.name === name || meta.property === name).map(({ content }) => content);
    expect(contentOf("citation_title")).toEqual(["On Counting"]);
    expect(contentOf("citation_author")).toEqual(["Ada Lovelace"]);
    expect(contentOf("citation_publication_date")).toEqual(["2026/05/12"]);
    expect(contentOf("citation_arxiv_id")).toEqual(["2605.00001"]);
    expect(contentOf("og:image")).toEqual(["https://papers.example.org/thumbnails/2605.00001.png"]);
    expect(contentOf("og:image:width")).toEqual(["1200"]);
  });

  test("leads programs to what to cite and where it is described, and each of those answers", async () => {
    const db = await open();
    await save(
      db,
      itemOf({ license: "https://creativecommons.org/licenses/by/4.0/" } as Partial<PaperRecord>),
    );
    const { fetch } = await openPages(db);
    const signposts = linksOf((await fetch("/papers/2605.00001")).headers.get("Link")!);
    expect(signposts).toContainEqual({ href: "https://arxiv.org/abs/2605.00001", rel: "cite-as" });
    expect(signposts).toContainEqual({ href: "https://schema.org/ScholarlyArticle", rel: "type" });
    const described = signposts.filter(({ rel }) => rel === "describedby");
    expect(described).toHaveLength(4);
    for (const { href, type } of described) {
      const answer = await fetch(href.replace("https://papers.example.org", ""));
      expect([href, answer.status]).toEqual([href, 200]);
      expect(answer.headers.get("Content-Type")).toContain(type);
    }
  });

  test("an identifier cannot break out of the header", async () => {
    const db = await open();
    const doi = { scheme: "doi" as const, value: '10.1234/a>; rel="next", <https://evil.test/é' };
    await save(db, itemOf({ identifiers: [...recordOf().identifiers, doi] }));
    const header = (await (await openPages(db)).fetch("/papers/2605.00001")).headers.get("Link")!;
    expect(header).toMatch(/^[\x20-\x7e]*$/);
    expect(linksOf(header).map(({ rel }) => rel)).not.toContain("next");
  });

  test.each(["csv", "jsonl"])("is there as .%s too", async (extension) => {
    const db = await open();
    await save(db, itemOf({}));
    const answer = await (await openPages(db)).fetch(`/papers/2605.00001.${extension}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("On Counting");
  });
});
