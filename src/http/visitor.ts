// Who asks: the network address of a request, whether it is the owner at this machine, who is signed in.
import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { recogniseToken, type Scope } from "../accounts/access-tokens-store.ts";
import { type Account, hasRole, type Role } from "../accounts/account.ts";
import { recognise, type Visit } from "../accounts/accounts.ts";
import { hasOwner } from "../accounts/accounts-store.ts";
import { type Config, isLoopback } from "../config.ts";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { DoorDeps } from "./deps.ts";

export interface Visitor {
  role: Role | "anonymous";
  /** Null for everybody who is not signed in, also for the owner at this machine. */
  account: Account | null;
  /** The session of the cookie, if that is how it is known. */
  session: { id: string; startedAt: Date } | null;
  /** What the token of a program allows; null for everybody who came without one. */
  scopes: readonly Scope[] | null;
}

declare module "hono" {
  interface ContextVariableMap {
    visitor: Visitor;
    network: string;
  }
}

const nobody: Visitor = { role: "anonymous", account: null, session: null, scopes: null };

/** Finds out who asks, once a request, before any page. */
export function recogniseVisitor({
  accounts,
  config,
  db,
  clock,
}: Pick<DoorDeps, "accounts" | "config" | "db" | "clock">): MiddlewareHandler {
  const trusted = readNetworks(config.trustedProxies);
  return async (c, next) => {
    c.set("network", readNetwork(c, trusted));
    const bearer = /^Bearer (\S{1,100})$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    if (bearer !== undefined) {
      c.set("visitor", await visitorOfToken(db, bearer, clock().toISOString()));
      return next();
    }
    const recognised = await recognise(accounts, visitOf(c));
    if (recognised) {
      const { account, sessionId: id, startedAt } = recognised;
      c.set("visitor", { ...nobody, role: account.role, account, session: { id, startedAt } });
    } else {
      const owner = isAtThisMachine(c, config) && !(await hasOwner(db));
      c.set("visitor", owner ? { ...nobody, role: "owner" } : nobody);
    }
    await next();
    for (const cookie of recognised?.cookies ?? []) c.header("Set-Cookie", cookie, { append: true });
  };
}

async function visitorOfToken(db: Db, token: string, now: Instant): Promise<Visitor> {
  const known = await recogniseToken(db, token, now);
  return known
    ? { role: known.account.role, account: known.account, session: null, scopes: known.scopes }
    : nobody;
}

export function visitorOf(c: Context): Visitor {
  return c.get("visitor") ?? nobody;
}

/** True when the visitor has everything this role has. */
export function mayAs(c: Context, role: Role): boolean {
  const visitor = visitorOf(c);
  return visitor.role !== "anonymous" && hasRole(visitor.role, role);
}

/** What the accounts get to know of a request. */
export function visitOf(c: Context): Visit {
  return {
    cookie: c.req.header("Cookie") ?? "",
    userAgent: c.req.header("User-Agent") ?? "",
    network: networkOf(c),
  };
}

/** The address of the asking machine. */
export function networkOf(c: Context): string {
  return c.get("network") ?? peerOf(c) ?? "unknown";
}

/**
 * A proxy that is trusted says who asked: the last of X-Forwarded-For that is no trusted proxy itself. From anywhere else
 * that header is anybody's to invent.
 */
export function readNetwork(c: Context, trusted: BlockList): string {
  const peer = peerOf(c);
  if (peer === null || !isIn(trusted, peer)) return peer ?? "unknown";
  const forwarded = (c.req.header("X-Forwarded-For") ?? "").split(",").map((part) => part.trim());
  const asker = forwarded.findLast((address) => isIP(address) !== 0 && !isIn(trusted, address));
  return asker ?? peer;
}

/** "127.0.0.0/8" and single addresses; what is neither was refused by the settings. */
export function readNetworks(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = "", prefix] = text.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? "ipv6" : "ipv4");
}

/**
 * True for somebody at this machine, while the site is served to this machine only: loopback address bound, no public
 * address set, asked directly (no proxy) and by a loopback name, so that no other site's name leads here (DNS rebinding).
 */
export function isAtThisMachine(c: Context, config: Config): boolean {
  const peer = peerOf(c);
  const host = c.req.header("Host") ?? "";
  return (
    config.publicUrl === null &&
    isLoopback(config.host) &&
    peer !== null &&
    isLoopback(peer) &&
    c.req.header("X-Forwarded-For") === undefined &&
    c.req.header("Forwarded") === undefined &&
    isLoopback(host.replace(/:\d+$/, ""))
  );
}

function peerOf(c: Context): string | null {
  try {
    return getConnInfo(c).remote.address ?? null;
  } catch {
    return null; // no socket behind this request
  }
}
