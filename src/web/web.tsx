// The door of pages: every address of the site on one screen.
import { type Context, Hono } from "hono";
import { matchedRoutes } from "hono/route";
import { trimTrailingSlash } from "hono/trailing-slash";
import type { DoorDeps } from "../http/deps.ts";
import { finishAnswer } from "../http/finish-answer.ts";
import {
  answerErrorDocument,
  answerProblemDocument,
  isHubAddress,
  speaksDocuments,
} from "../http/problem.ts";
import { type Budget, limitRequests } from "../http/request-budget.ts";
import { takeTurns } from "../http/take-turns.ts";
import { openTurns } from "../http/turns.ts";
import { recogniseVisitor, visitorOf } from "../http/visitor.ts";
import { AppError } from "../lib/errors.ts";
import { links } from "../links.ts";
import { aboutRoute } from "./about-page.tsx";
import { apiRoute } from "./api-page.tsx";
import { type Assets, readAssets } from "./assets.ts";
import { llmsRoute, robotsRoute } from "./crawler-files.ts";
import type { PageDeps, SendTestLetter } from "./deps.ts";
import { dumpRoute, dumpsRoute } from "./dumps-page.tsx";
import { editionRoute, frontRoute, latestRoute } from "./edition-routes.tsx";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { explainRoute } from "./explain-route.tsx";
import { firstRunRoutes } from "./first-run.tsx";
import { followRoutes } from "./follow-routes.tsx";
import { answerNothing, guardAccess } from "./guard-access.tsx";
import { healthRoute } from "./health.ts";
import { manifestRoute, offlineWorkerRoute, openSearchRoute } from "./install.ts";
import { invitationRoutes } from "./invitation.tsx";
import { keepPages } from "./kept-pages.ts";
import { letterRoutes } from "./letters.tsx";
import { libraryRoutes } from "./library-page.tsx";
import { listRoute, listsRoute } from "./lists-page.tsx";
import { markRoutes } from "./mark-routes.tsx";
import { meRoutes } from "./me.tsx";
import { leaveRoutes } from "./me-leave.tsx";
import { webhookRoutes } from "./me-webhooks.tsx";
import { moderationRoutes } from "./moderation.tsx";
import { offlineRoute } from "./offline-page.tsx";
import { paperRoute } from "./paper-routes.tsx";
import { peopleRoutes } from "./people.tsx";
import { returnedMailRoutes } from "./returned-mail.ts";
import { searchRoute } from "./search-page.tsx";
import { securityHeaders } from "./security-headers.ts";
import { setUpRoutes } from "./set-up.tsx";
import { authorRoute, categoryRoute } from "./shelves-page.tsx";
import { signInRoutes } from "./sign-in.tsx";
import { sitemapPartRoute, sitemapRoute } from "./sitemap.ts";
import { staticRoute } from "./static-files.ts";
import { statusJsonRoute, statusRoute } from "./status-page.tsx";
import { submitRoutes } from "./submit.tsx";
import { subscribeRoutes } from "./subscribe.tsx";
import { suggestRoute } from "./suggest-route.ts";
import { tasteRoutes } from "./taste-routes.tsx";
import { todayRoutes } from "./today-page.tsx";
import { trendingRoute } from "./trending-page.tsx";
import { voteRoutes } from "./votes.tsx";

export interface WebOptions {
  /** Default: the built ones. */
  assets?: Assets;
  /** Routes of the other doors, behind the same guard; they come before the pages. */
  doors: readonly Hono[];
  sendTestLetter: SendTestLetter;
}

/** All pages. Routes that belong together are in their own files; who may use which is in http/access.ts. */
export function webRoutes(
  given: DoorDeps,
  { assets = readAssets(), doors, sendTestLetter }: WebOptions,
): Hono {
  const deps: PageDeps = {
    ...given,
    site: { baseUrl: given.baseUrl, assets: assets.paths },
    pages: keepPages(),
    sendTestLetter,
  };
  const web = new Hono();
  web.use(
    securityHeaders(),
    recogniseVisitor(deps),
    takeTurns(openTurns({ nowMs: () => performance.now() }), deps),
    finishAnswer(),
    revalidate,
    refuseBrokenText(deps),
    trimTrailingSlash(),
  );
  web.use(guardAccess(deps));
  const archiveLimit = limitRequests(archiveBudget, deps);
  for (const path of archive) web.use(path, archiveLimit);
  for (const door of doors) web.route("/", door);
  web.get("/", frontRoute(deps));
  web.get("/papers/date/:key", editionRoute(deps, "day"));
  web.get("/papers/week/:key", editionRoute(deps, "week"));
  web.get("/papers/month/:key", editionRoute(deps, "month"));
  web.get("/papers/week", latestRoute(deps, "week"));
  web.get("/papers/month", latestRoute(deps, "month"));
  web.get("/papers/date", latestRoute(deps, "day"));
  web.get("/explain/:key/:id{.+}", explainRoute(deps));
  web.get("/papers/trending", trendingRoute(deps));
  web.get("/papers", searchRoute(deps));
  web.get("/search/suggest", suggestRoute(deps));
  // Where people look for it first.
  web.get("/search", (c) => c.redirect(links.search() + new URL(c.req.url).search, 301));
  web.get("/papers/:id{.+}", paperRoute(deps));
  web.get("/lists", listsRoute(deps));
  web.get("/lists/:id", listRoute(deps));
  web.get("/categories/:categories", categoryRoute(deps));
  web.get("/authors/:name{.+}", authorRoute(deps));
  web.route("/", subscribeRoutes(deps));
  web.route("/", letterRoutes(deps));
  web.route("/", returnedMailRoutes(deps));
  web.route("/", firstRunRoutes(deps));
  web.route("/", signInRoutes(deps));
  web.route("/", setUpRoutes(deps));
  web.route("/", invitationRoutes(deps));
  web.route("/", markRoutes(deps));
  web.route("/", todayRoutes(deps));
  web.route("/", followRoutes(deps));
  web.route("/", tasteRoutes(deps));
  web.route("/", libraryRoutes(deps));
  web.route("/", meRoutes(deps));
  web.route("/", leaveRoutes(deps));
  web.route("/", webhookRoutes(deps));
  web.route("/", peopleRoutes(deps));
  web.route("/", submitRoutes(deps));
  web.route("/", voteRoutes(deps));
  web.route("/", moderationRoutes(deps));
  web.get("/status", statusRoute(deps));
  web.get("/api/status", statusJsonRoute(deps));
  web.get("/about", aboutRoute(deps));
  web.get("/api", apiRoute(deps));
  web.get("/healthz", healthRoute(deps));
  web.get("/dumps", dumpsRoute(deps));
  web.get("/dumps/:name", dumpRoute(deps));
  web.get("/robots.txt", robotsRoute(deps));
  web.get("/llms.txt", llmsRoute(deps));
  web.get("/sitemap.xml", sitemapRoute(deps));
  web.get("/sitemaps/:name", sitemapPartRoute(deps));
  web.get("/opensearch.xml", openSearchRoute(deps));
  web.get("/manifest.webmanifest", manifestRoute(deps));
  // Asked for by whoever has read no page.
  web.get("/favicon.ico", (c) => c.redirect(deps.site.assets.icon192));
  web.get("/offline", offlineRoute(deps));
  web.get("/offline-worker.js", offlineWorkerRoute({ site: deps.site, files: assets.files }));
  web.get("/assets/:name", staticRoute(assets));
  web.notFound((c) => answerNothing(c, deps));
  web.onError((error, c) => answerError(c, error, deps));
  return web;
}

/** Pages that a crawler could walk without end. */
const archive = ["/papers/*", "/categories/*", "/authors/*", "/lists/*", "/explain/*"] as const;

/** Two a second, all day: more than anybody reads, and the dumps hold everything. */
const archiveBudget: Budget = { name: "pages", most: 1_200, windowMs: 600_000 };

/** Pages change with every import: browsers keep them, and ask by ETag whether they still hold. */
async function revalidate(c: Context, next: () => Promise<void>) {
  await next();
  if (c.res.headers.has("Cache-Control")) return;
  // Not by `c.header`, which copies a finished answer.
  c.res.headers.set("Cache-Control", visitorOf(c).session ? "private, no-cache" : "no-cache");
}

/** No title, name or id holds a NUL, and PostgreSQL takes none. */
function refuseBrokenText(deps: PageDeps) {
  return async (c: Context, next: () => Promise<void>) => {
    if (/%00/.test(c.req.url))
      return isHubAddress(c.req.path) ? answerBroken(c, deps) : answerNothing(c, deps);
    await next();
  };
}

function answerBroken(c: Context, { baseUrl }: PageDeps) {
  return answerProblemDocument(c, baseUrl(), { code: "bad-input", detail: "No identifier holds a NUL." });
}

const statusOf = { "bad-input": 400, "not-found": 404 } as const;

/** What a person can mend is told; anything else is logged and told to be ours. */
function answerError(c: Context, error: Error, { site, log, baseUrl }: PageDeps) {
  // The route, not the address: some addresses hold a token.
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL")?.path;
  if (speaksDocuments(c.req.path)) return answerErrorDocument(c, error, { base: baseUrl(), log, route });
  if (error instanceof AppError && error.code in statusOf) {
    const status = statusOf[error.code as keyof typeof statusOf];
    return answerProblem(
      c,
      site,
      { title: error.message, remedy: error.remedy ?? nothingHere.remedy },
      status,
    );
  }
  log.error({ err: error, route }, "a page failed");
  return answerProblem(
    c,
    site,
    {
      title: "Something broke here, not with you.",
      remedy: "It has been written down. Try again in a moment.",
    },
    500,
  );
}
