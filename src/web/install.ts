// What a browser needs to keep the site like a program: the manifest, the worker that shows kept editions without a network,
// the page it shows for everything else, and the description of our search for its address bar.
import type { Context } from "hono";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { absoluteUrl } from "./site.ts";

/** Asked again each hour: what they say changes with the program only. */
const anHour = "public, max-age=3600";

/** "/manifest.webmanifest" (W3C Web Application Manifest). */
export function manifestRoute({ site }: PageDeps) {
  const { icon192, icon512, iconMaskable } = site.assets;
  const manifest = {
    id: "/",
    name: "Broadsheet",
    short_name: "Broadsheet",
    description: "The daily of research papers.",
    lang: "en",
    start_url: links.front(),
    scope: "/",
    display: "minimal-ui",
    background_color: "#ffffff",
    theme_color: "#111111",
    categories: ["news", "education"],
    icons: [
      { src: icon192, sizes: "192x192", type: "image/png" },
      { src: icon512, sizes: "512x512", type: "image/png" },
      { src: iconMaskable, sizes: "512x512", type: "image/png", purpose: "maskable" },
      { src: site.assets.icon, sizes: "any", type: "image/svg+xml" },
    ],
    shortcuts: [
      { name: "Search", url: links.search() },
      { name: "This week", url: links.latestWeek() },
    ],
  };
  return (c: Context) =>
    c.body(JSON.stringify(manifest), 200, {
      "Content-Type": "application/manifest+json; charset=utf-8",
      "Cache-Control": anHour,
    });
}

/**
 * "/offline-worker.js": the worker must lie at the top of the site to stand before all its pages. Its version is what it
 * keeps from the start, so a new build brings a new worker.
 */
export function offlineWorkerRoute({ site, files }: Pick<PageDeps, "site"> & { files: WorkerFiles }) {
  const { stylesheet, script, sans, serif, icon } = site.assets;
  const kept = [links.offline(), stylesheet, script, sans, serif, icon];
  const source = files.get(site.assets.offlineWorker.replace(/^\/assets\//, ""));
  const body = `const kept = ${JSON.stringify(kept)};\n${new TextDecoder().decode(source?.body)}`;
  return (c: Context) =>
    c.body(body, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" });
}

type WorkerFiles = ReadonlyMap<string, { body: Uint8Array<ArrayBuffer> }>;

/** "/opensearch.xml" (OpenSearch 1.1): the browser's own search field asks us, with suggestions. */
export function openSearchRoute({ site }: PageDeps) {
  return (c: Context) => {
    const at = (path: string) => absoluteUrl(site, path);
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Broadsheet</ShortName>
  <Description>Research papers, by words and by meaning</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="192" height="192" type="image/png">${at(site.assets.icon192)}</Image>
  <Url type="text/html" method="get" template="${at(links.search())}?q={searchTerms}"/>
  <Url type="application/x-suggestions+json" method="get" template="${at(links.suggest())}?q={searchTerms}&amp;as=opensearch"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="${at(links.openSearch())}"/>
</OpenSearchDescription>
`;
    return c.body(xml, 200, {
      "Content-Type": "application/opensearchdescription+xml; charset=utf-8",
      "Cache-Control": anHour,
    });
  };
}
