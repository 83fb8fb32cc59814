// What the checks of mail ask the domain name system; tests bring their own answers.
import { Resolver } from "node:dns/promises";

/** Every lookup gives nothing for a name that does not exist, and throws when no answer could be had. */
export interface MailResolver {
  /** Each record with its strings joined. */
  txt(name: string): Promise<string[]>;
  /** Hosts by preference. */
  mx(name: string): Promise<string[]>;
  /** IPv4 and IPv6. */
  addresses(name: string): Promise<string[]>;
  /** Names of an address. */
  reverse(address: string): Promise<string[]>;
}

export function systemMailResolver(): MailResolver {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  return {
    txt: async (name) => (await orNone(resolver.resolveTxt(name))).map((strings) => strings.join("")),
    mx: async (name) =>
      (await orNone(resolver.resolveMx(name)))
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange),
    addresses: async (name) => [
      ...(await orNone(resolver.resolve4(name))),
      ...(await orNone(resolver.resolve6(name))),
    ],
    reverse: (address) => orNone(resolver.reverse(address)),
  };
}

const missing = new Set(["ENOTFOUND", "ENODATA", "NOTFOUND", "NODATA"]);

async function orNone<T>(lookup: Promise<T[]>): Promise<T[]> {
  try {
    return await lookup;
  } catch (error) {
    if (missing.has((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
