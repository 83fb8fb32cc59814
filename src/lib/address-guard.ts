// Which addresses a program may be sent to by somebody else (OWASP: server-side request forgery). A name is judged by the
// address it resolves to at the moment of connecting, so that a name that answers differently the second time gains nothing.
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import ipaddr from "ipaddr.js";

/** Everything outside is not handed out to anybody on the Internet, whatever ipaddr.js has no name for (IANA, RFC 4291). */
const globalIpv6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/** True for a literal address of the public Internet; false for all others and for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalIpv6);
}

export type AddressVerdict =
  | { allowed: true; url: URL; ownersOwn: boolean }
  | { allowed: false; why: string };

/**
 * Judges an address before anything is resolved. `ownerBases` are the base addresses that the owner of the program named
 * in the settings: at their origins, private addresses and any port are allowed.
 */
export function judgeUrl(text: string, ownerBases: readonly string[] = []): AddressVerdict {
  // The URL parser drops tabs and newlines and accepts spaces around: what two parsers read differently is not asked for.
  if (/[\s\u0000-\u0020\u007f\\]/.test(text)) return refuse("it holds white space or a backslash");
  if (!URL.canParse(text)) return refuse("it is no address");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return refuse(`its scheme is ${url.protocol}`);
  if (url.username !== "" || url.password !== "") return refuse("it holds a user name");
  if (isOwners(url, ownerBases)) return { allowed: true, url, ownersOwn: true };
  if (url.port !== "") return refuse(`it names the port ${url.port}`);
  const why = refusalOfHost(url.hostname);
  return why === null ? { allowed: true, url, ownersOwn: false } : refuse(why);
}

function refuse(why: string): AddressVerdict {
  return { allowed: false, why };
}

function isOwners(url: URL, ownerBases: readonly string[]): boolean {
  return ownerBases.some((base) => URL.canParse(base) && new URL(base).origin === url.origin);
}

/** The URL parser has made numbers of every notation (0x7f.1, 2130706433, full-width digits), so a literal shows itself. */
function refusalOfHost(hostname: string): string | null {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? null : `${host} is no public address`;
  if (host === "localhost" || host.endsWith(".localhost")) return `${host} is this machine`;
  return null;
}

/** What undici and node:net call to resolve a name. */
export type Lookup = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void;

/** Code of the error a guarded lookup gives for a name that leads to a private address. */
export const privateAddressCode = "EPRIVATEADDRESS";

/**
 * Resolves as `resolve` does, and fails when any address of the name is not public: the very addresses that were judged are
 * the ones connected to.
 */
export function guardLookup(resolve: Lookup = systemLookup as Lookup): Lookup {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = found as LookupAddress[];
      const bad = addresses.find(({ address }) => !isPublicAddress(address));
      if (bad || !addresses[0]) return callback(privateAddress(hostname, bad?.address), []);
      if (options.all) return callback(null, addresses);
      return callback(null, addresses[0].address, addresses[0].family);
    });
  };
}

function privateAddress(hostname: string, address = "no address"): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(
    `${hostname} leads to ${address}, which is no public address`,
  );
  error.code = privateAddressCode;
  return error;
}
