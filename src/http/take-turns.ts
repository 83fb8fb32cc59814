// The middleware of turns: who waits, as whom, and what whoever is turned away is told.
import type { Context, MiddlewareHandler } from "hono";
import { networkKey } from "../lib/network-key.ts";
import { atPace } from "../lib/pace.ts";
import { links } from "../links.ts";
import { answerProblemDocument } from "./problem.ts";
import type { Refusal, Turns } from "./turns.ts";
import { networkOf, visitorOf } from "./visitor.ts";

/** How programs call themselves. */
const programNames =
  /bot|crawl|spider|slurp|scrap|fetch|python|curl|wget|go-http|java\/|okhttp|axios|node|libwww|\+https?:/i;

/** True for whoever says so, and whoever is neither signed in nor sends what every browser does (Fetch Metadata). */
function saysProgram(c: Context): boolean {
  if (visitorOf(c).account !== null) return false;
  return c.req.header("Sec-Fetch-Mode") === undefined || programNames.test(c.req.header("User-Agent") ?? "");
}

/** What is answered from memory, streamed from files, or stays open. */
const free = /^\/(?:assets|healthz|dumps|u|robots\.txt)(?:\/|$)/;

/** What is read waits; what is sent by a form never does, but for agents, who read that way. */
function isWaiting(c: Context): boolean {
  if (c.req.path === links.mcp()) return true;
  return (c.req.method === "GET" || c.req.method === "HEAD") && !free.test(c.req.path);
}

/** Lets requests for pages and documents in by turns. To stand outside everything that makes, marks and packs an answer. */
export function takeTurns(turns: Turns, { baseUrl }: { baseUrl(): string }): MiddlewareHandler {
  return async (c, next) => {
    if (!isWaiting(c)) return next();
    const turn = await turns.take({ name: nameOf(c), isProgram: saysProgram(c) });
    if ("refused" in turn) return turnAway(c, baseUrl(), turn);
    try {
      // Who has hung up meanwhile gets nothing.
      if (c.req.raw.signal.aborted) return c.body(null, 499 as never);
      await atPace(turn.pace, next);
    } finally {
      turn.done();
    }
  };
}

/** Many readers may share a network: whoever is signed in is himself. */
function nameOf(c: Context): string {
  const { account } = visitorOf(c);
  return account ? `account ${account.id}` : networkKey(networkOf(c));
}

function turnAway(c: Context, baseUrl: string, { refused }: Refusal) {
  c.header("Retry-After", "10");
  const why = refused === "own" ? "Your earlier requests are still waiting. " : "";
  const detail = `${why}Ask again in 10 seconds; who wants everything finds it at ${baseUrl}${links.dumps()}.`;
  return answerProblemDocument(c, baseUrl, { code: refused === "own" ? "limit" : "busy", detail });
}
