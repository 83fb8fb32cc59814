// From an address to bytes: finds the route, lets faults strike, renders, and spoils what is to be spoiled.
import { createHash } from "node:crypto";
import { renderAtom } from "./atom-feed.ts";
import { easternDay } from "./eastern.ts";
import type { FaultKind, FaultPlan, FaultScene, Route } from "./faults.ts";
import { answerDailyPapers, answerHubPaper } from "./hub-api.ts";
import { renderListing } from "./listing-page.ts";
import { createOai } from "./oai.ts";
import { feedDelayMinutes, latestBatch } from "./paper-view.ts";
import { answerQuery } from "./query-api.ts";
import { renderRss, renderRssError } from "./rss-feed.ts";
import { refuseForFault, spoil } from "./spoiling.ts";
import { categories as allCategories, findCategory } from "./taxonomy.ts";
import type { World } from "./world-types.ts";

export interface Answer {
  route: Route | null;
  status: number;
  headers: Record<string, string>;
  content: Buffer;
  /** The connection is to break in the middle. */
  cut: boolean;
}

export interface Asked {
  url: URL;
  /** Of a POST. */
  body: string;
  now: Date;
}

interface RoutesOptions {
  world: World;
  plan: FaultPlan;
  base: string;
  oaiPageSize: number;
}

interface Rendered {
  status?: number;
  type: string;
  text: string;
  headers?: Record<string, string>;
}

type Strike = (kind: FaultKind) => ReturnType<FaultPlan["strike"]>;

interface Visit extends Asked {
  world: World;
  base: string;
  categories: string[];
  parameters: URLSearchParams;
  strike: Strike;
}

const patterns: [Route, RegExp][] = [
  ["listing", /^\/list\/([^/]+)\/new$/],
  ["rss", /^\/rss\/([^/]+)$/],
  ["atom", /^\/atom\/([^/]+)$/],
  ["oai", /^\/oai$/],
  ["query", /^\/api\/query$/],
  ["hub", /^\/api\/(?:daily_papers|papers\/[^/]+)$/],
];

/** Makes the function that answers everything. */
export function createRoutes({ world, plan, base, oaiPageSize }: RoutesOptions): (asked: Asked) => Answer {
  const oai = createOai(world, { base: `${base}/oai`, pageSize: oaiPageSize });
  const renderers: Record<Route, (visit: Visit) => Rendered> = {
    listing: renderListingPage,
    rss: renderFeedPage,
    atom: renderFeedPage,
    oai: ({ parameters, now, strike }) => ({ type: "text/xml", text: oai({ parameters, now, strike }) }),
    query: (visit) => ({
      type: "application/atom+xml; charset=utf-8",
      ...bodyAsText(answerQuery(world, visit)),
    }),
    hub: renderHubAnswer,
  };
  return (asked) => {
    const route = patterns.find(([, pattern]) => pattern.test(asked.url.pathname))?.[0];
    if (!route)
      return { route: null, status: 404, headers: {}, content: Buffer.from("Not found"), cut: false };
    const parameters = new URLSearchParams(asked.body === "" ? asked.url.search : asked.body);
    const categories = categoriesOf(route, asked.url, parameters);
    const scene = { route, categories, ...dayOf(world, asked.now) };
    const strike: Strike = (kind) => plan.strike(kind, scene);
    const refused = refuseForFault(strike, asked.now);
    if (refused) return { route, cut: false, ...refused };
    const rendered = renderers[route]({ ...asked, world, base, categories, parameters, strike });
    return { route, ...finish(rendered, strike) };
  };
}

function bodyAsText({ status, body }: { status: number; body: string }): { status: number; text: string } {
  return { status, text: body };
}

/** The newest batch that is due, published or not. */
function dayOf(world: World, now: Date): Pick<FaultScene, "day" | "minutesSinceDue"> {
  const batch = world.batches.findLast(({ dueAt }) => dueAt.getTime() <= now.getTime());
  if (!batch) return { day: null, minutesSinceDue: 0 };
  return { day: batch.day, minutesSinceDue: (now.getTime() - batch.dueAt.getTime()) / 60_000 };
}

function categoriesOf(route: Route, url: URL, parameters: URLSearchParams): string[] {
  if (route === "listing") return [decode(url.pathname.split("/")[2]!)];
  if (route === "rss" || route === "atom") return decode(url.pathname.split("/")[2]!).split("+");
  if (route !== "oai") return [];
  const token = decode(parameters.get("resumptionToken") ?? "");
  const set = parameters.get("set") ?? new URLSearchParams(token).get("set");
  return allCategories.filter(({ sets }) => sets.at(-1) === set).map(({ id }) => id);
}

/** What cannot be decoded is nobody's name. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function finish({ status = 200, type, text, headers = {} }: Rendered, strike: Strike): Omit<Answer, "route"> {
  const { content, cut } = spoil(text, strike);
  return { status, headers: { "content-type": type, ...headers }, content, cut };
}

function renderListingPage({ world, categories, parameters, now, strike }: Visit): Rendered {
  const [category = ""] = categories;
  if (!findCategory(category)) return { status: 400, type: "text/html", text: "<h1>Bad Request</h1>" };
  const number = (name: string, otherwise: number) => {
    const text = parameters.get(name) ?? "";
    return /^\d+$/.test(text) ? Math.min(Number(text), 100_000) : otherwise;
  };
  const batch = latestBatch(world, now) - (strike("stale") ? 1 : 0);
  const shrinking = strike("shrinking-page");
  const asked = number("skip", 0);
  const skip = asked > 0 && strike("duplicate-page") ? 0 : asked;
  const text = renderListing(world, {
    category,
    batch,
    skip,
    show: Math.min(number("show", 2_000), 2_000),
    missing: shrinking ? (shrinking.missing ?? 3) : 0,
    empty: strike("empty-page") !== undefined,
  });
  const etag = `"${createHash("sha1").update(text).digest("hex")}"`;
  return { type: "text/html; charset=utf-8", text, headers: { etag } };
}

function renderFeedPage({ world, base, url, categories, now, strike }: Visit): Rendered {
  const form = url.pathname.startsWith("/rss/") ? "rss" : "atom";
  const today = easternDay(now);
  const query = categories.join("+");
  const bad = categories.find((category) => !findCategory(category));
  const type = `application/${form}+xml`;
  if (bad !== undefined) return { status: 400, type, text: renderRssError({ query, now, today, base }, bad) };
  const request = { query, categories, batch: batchOfFeed(world, now, strike), now, today, base };
  const text = form === "rss" ? renderRss(world, request) : renderAtom(world, request);
  // As measured: no quotation marks, and no 304 whatever is asked.
  const validator = createHash("sha256").update(text).digest("hex");
  return { type, text, headers: { etag: validator, "cache-control": "max-age=3600" } };
}

function batchOfFeed(world: World, now: Date, strike: Strike): number {
  const batch = world.batches.findIndex(({ day }) => day === easternDay(now));
  if (batch === -1) return -1;
  if (strike("stale")) return batch - 1;
  const readyAt = world.batches[batch]!.publishedAt.getTime() + feedDelayMinutes * 60_000;
  return readyAt <= now.getTime() ? batch : -1;
}

function renderHubAnswer({ world, url, parameters, now, strike }: Visit): Rendered {
  const one = /^\/api\/papers\/([^/]+)$/.exec(url.pathname)?.[1];
  const { status, body, headers } = one
    ? answerHubPaper(world, decode(one), now)
    : answerDailyPapers(world, parameters, now);
  const shown = strike("empty-page") ? [] : body;
  return { status, type: "application/json; charset=utf-8", text: JSON.stringify(shown), headers };
}
