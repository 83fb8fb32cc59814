// Under which names this program answers agents: a page that made its own name lead here (DNS rebinding) is sent away.
import { isIP } from "node:net";
import { isLoopback } from "../config.ts";

/** Where the program is: its public address, without trailing slash, and the name or address it is bound to. */
export interface Place {
  baseUrl: string;
  bound: string;
}

/**
 * True for the public name, loopback names, addresses as such, the address bound, and names that no stranger can own: of one
 * label, or below .local, .internal and .localhost. `host` is the value of the header Host.
 */
export function isOwnHost(host: string, { baseUrl, bound }: Place): boolean {
  const name = nameOf(host);
  if (name === null) return false;
  if (name === new URL(baseUrl).hostname) return true;
  const plain = name.replace(/^\[|\]$/g, "");
  if (isLoopback(plain) || isIP(plain) !== 0 || plain === bound.toLowerCase()) return true;
  return /^[a-z0-9-]+$/.test(plain) || /^[a-z0-9.-]+\.(?:local|internal|localhost)$/.test(plain);
}

/** Origin is only sent by browsers: it must be this very place. Host is to be checked before. */
export function isOwnOrigin(origin: string | undefined, host: string, { baseUrl }: Place): boolean {
  if (origin === undefined) return true;
  const given = URL.parse(origin);
  if (given === null) return false;
  return given.host === host.toLowerCase() || given.origin === new URL(baseUrl).origin;
}

/** Without the port; null for what is no host at all. */
function nameOf(host: string): string | null {
  const url = URL.parse(`http://${host}`);
  return url === null || url.pathname !== "/" || url.username !== "" ? null : url.hostname;
}
