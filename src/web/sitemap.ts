// The sitemap (sitemaps.org, protocol 0.9): an index, the editions and lists, and all papers in blocks of their pk, so that
// a paper stays in its block.
import type { Context } from "hono";
import { listEditionKeys } from "../editions/editions.ts";
import { escapeXml } from "../lib/xml-text.ts";
import { links } from "../links.ts";
import { findLastPk, listPaperAddresses } from "../papers/export-store.ts";
import { listLists } from "../papers/lists-store.ts";
import type { PageDeps } from "./deps.ts";
import { absoluteUrl } from "./site.ts";

/** The protocol allows 50,000; half of that is read comfortably. */
export const papersInBlock = 20_000;

interface Place {
  url: string;
  /** YYYY-MM-DD */
  changedOn?: string;
}

/** "/sitemap.xml" */
export function sitemapRoute({ db, site }: PageDeps) {
  return async (c: Context) => {
    const blocks = Math.ceil((await findLastPk(db)) / papersInBlock);
    const names = ["pages", ...Array.from({ length: blocks }, (_, i) => `papers-${i + 1}`)];
    const places = names.map((name) => ({ url: absoluteUrl(site, links.sitemapPart(name)) }));
    return answerXml(c, formatPlaces("sitemapindex", "sitemap", places));
  };
}

/** "/sitemaps/pages.xml", "/sitemaps/papers-7.xml" */
export function sitemapPartRoute(deps: PageDeps) {
  return async (c: Context) => {
    const name = c.req.param("name") ?? "";
    const block = Number(/^papers-([1-9]\d{0,6})\.xml$/.exec(name)?.[1] ?? 0);
    if (name !== "pages.xml" && block === 0) return c.notFound();
    const places = block === 0 ? await listPages(deps) : await listBlock(deps, block);
    return answerXml(c, formatPlaces("urlset", "url", places));
  };
}

async function listPages({ db, site, config, clock }: PageDeps): Promise<Place[]> {
  const options = { now: clock().toISOString(), categories: config.categories };
  const paths = [links.front(), links.lists(), links.search(), links.status(), links.about()];
  for (const kind of ["day", "week", "month"] as const)
    for (const key of await listEditionKeys(db, kind, options)) paths.push(links.edition(kind, key));
  for (const list of await listLists(db)) paths.push(links.list(list.id));
  return paths.map((path) => ({ url: absoluteUrl(site, path) }));
}

async function listBlock({ db, site }: PageDeps, block: number): Promise<Place[]> {
  const range = { after: (block - 1) * papersInBlock, until: block * papersInBlock };
  const papers = await listPaperAddresses(db, range);
  return papers.map(({ id, changedAt }) => ({
    url: absoluteUrl(site, links.paper(id)),
    changedOn: changedAt.slice(0, 10),
  }));
}

function formatPlaces(root: "sitemapindex" | "urlset", element: string, places: readonly Place[]): string {
  const lines = places.map(({ url, changedOn }) => {
    const changed = changedOn === undefined ? "" : `<lastmod>${changedOn}</lastmod>`;
    return `<${element}><loc>${escapeXml(url)}</loc>${changed}</${element}>`;
  });
  const space = "http://www.sitemaps.org/schemas/sitemap/0.9";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${space}">\n${lines.join("\n")}\n</${root}>\n`;
}

function answerXml(c: Context, xml: string) {
  const headers = {
    "Content-Type": "application/xml; charset=utf-8",
    "Cache-Control": "public, max-age=3600",
  };
  return c.body(xml, 200, headers);
}
