// Who asks: the network address of a request, and whether it is the owner at this machine.
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Config } from "../config.ts";

/**
 * The address of the asking machine. Behind a reverse proxy on this machine the proxy's word (the last of X-Forwarded-For)
 * counts; from anywhere else that header is anybody's to invent.
 */
export function networkOf(c: Context): string {
  const peer = peerOf(c);
  const forwarded = c.req.header("X-Forwarded-For")?.split(",").at(-1)?.trim();
  return peer !== null && isLoopback(peer) && forwarded ? forwarded.slice(0, 45) : (peer ?? "unknown");
}

/**
 * True for somebody at this machine, while the site is served to this machine only: loopback address bound, no public
 * address set, asked directly (no proxy) and by a loopback name, so that no other site's name leads here (DNS rebinding).
 */
export function isOwner(c: Context, config: Config): boolean {
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

function isLoopback(host: string): boolean {
  const plain = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/^::ffff:/, "");
  return plain === "localhost" || plain === "::1" || /^127\.\d+\.\d+\.\d+$/.test(plain);
}
