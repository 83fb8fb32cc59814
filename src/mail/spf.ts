// Would a receiver's SPF check (RFC 7208) let mail from an address through? As much of it as tells an owner what to publish.
import { BlockList, isIPv6 } from "node:net";
import type { MailResolver } from "./mail-resolver.ts";

export type SpfResult = "pass" | "fail" | "softfail" | "neutral" | "none" | "permerror";

/** RFC 7208 §4.6.4. */
const mostLookups = 10;

const results: Record<string, SpfResult> = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" };

/** Macros and "exists" are not worked out: what rests on them gives "neutral". */
export async function checkSpf(resolver: MailResolver, domain: string, address: string): Promise<SpfResult> {
  return await evaluate({ resolver, address, lookups: 0 }, domain);
}

interface Check {
  resolver: MailResolver;
  address: string;
  lookups: number;
}

/** The records of a domain that say they are SPF. */
export async function findSpfRecords(resolver: MailResolver, domain: string): Promise<string[]> {
  return (await resolver.txt(domain)).filter((text) => /^v=spf1( |$)/i.test(text));
}

async function evaluate(check: Check, domain: string): Promise<SpfResult> {
  const records = await findSpfRecords(check.resolver, domain);
  if (records.length === 0) return "none";
  if (records.length > 1) return "permerror";
  const terms = records[0]!.trim().split(/ +/).slice(1);
  for (const term of terms) {
    const match = /^([+\-~?]?)([a-z0-9]+)(?::([^/]+))?(\/.*)?$/i.exec(term);
    if (!match) continue;
    const [, sign = "", name = "", value = domain, size = ""] = match;
    const found = await matches(check, name.toLowerCase(), { value, size, term });
    if (found === "permerror") return "permerror";
    if (found) return results[sign || "+"]!;
  }
  const redirect = terms.find((term) => /^redirect=/i.test(term))?.slice("redirect=".length);
  return redirect && countLookup(check) ? await evaluate(check, redirect) : "neutral";
}

async function matches(
  check: Check,
  name: string,
  { value, size, term }: { value: string; size: string; term: string },
): Promise<boolean | "permerror"> {
  if (name === "all") return true;
  if (name === "ip4" || name === "ip6") return isWithin(check.address, term.slice(term.indexOf(":") + 1));
  if (!["include", "a", "mx"].includes(name) || value.includes("%")) return false;
  if (!countLookup(check)) return "permerror";
  if (name === "include") {
    const result = await evaluate(check, value);
    return result === "permerror" || result === "none" ? "permerror" : result === "pass";
  }
  const hosts = name === "mx" ? await check.resolver.mx(value) : [value];
  for (const host of hosts.slice(0, mostLookups))
    for (const address of await check.resolver.addresses(host))
      if (
        isWithin(
          check.address,
          `${address}${isIPv6(address) ? size.replace(/^.*\/\//, "/") : size.replace(/\/\/.*$/, "")}`,
        )
      )
        return true;
  return false;
}

function countLookup(check: Check): boolean {
  check.lookups++;
  return check.lookups <= mostLookups;
}

/** "192.0.2.1" in "192.0.2.0/24"; false for what is no network. */
function isWithin(address: string, network: string): boolean {
  const [base, prefix] = network.split("/");
  const family = isIPv6(base!) ? "ipv6" : "ipv4";
  try {
    const list = new BlockList();
    list.addSubnet(base!, prefix ? Number(prefix) : family === "ipv6" ? 128 : 32, family);
    return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  } catch {
    return false;
  }
}
