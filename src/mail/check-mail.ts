// Looks at what receivers look at before they take a letter: the relay, SPF, DKIM, DMARC, where answers go, reverse names;
// and says, word by word, what to publish.
import { isIP } from "node:net";
import { checkRelay, isHere } from "./check-relay.ts";
import { openDkim } from "./dkim.ts";
import type { MailResolver } from "./mail-resolver.ts";
import type { MailConfig } from "./mail-settings.ts";
import { parseSmtpUrl } from "./smtp-url.ts";
import { checkSpf, findSpfRecords } from "./spf.ts";

export interface MailCheck {
  name: string;
  state: "ok" | "warning" | "failed";
  message: string;
  /** What to do; where something is to be published, the whole record. */
  remedy?: string;
}

export type MailCheckSettings = Pick<MailConfig, "smtpUrl" | "mailFrom" | "dkim" | "returns">;

/** Asks the relay and the domain name system; sends nothing. Tests bring answers of both. */
export async function checkMail(
  settings: MailCheckSettings,
  resolver: MailResolver,
  tryRelay: (smtpUrl: string) => Promise<MailCheck> = checkRelay,
): Promise<MailCheck[]> {
  const domain = domainOf(settings.mailFrom);
  const bounceDomain = domainOf(settings.returns.bounceAddress ?? settings.mailFrom);
  const relay = settings.smtpUrl === null ? null : parseSmtpUrl(settings.smtpUrl).host;
  const ask = (name: string, look: () => Promise<Omit<MailCheck, "name">>) => asked(name, look);
  const server = settings.smtpUrl === null ? noRelay : await tryRelay(settings.smtpUrl);
  if (isNoMailDomain(domain)) return [server, noSender(settings.mailFrom)];
  return [
    server,
    await ask("SPF", () => checkSpfRecord(resolver, bounceDomain, relay)),
    await ask("DKIM", () => checkDkim(resolver, settings)),
    await ask("DMARC", () => checkDmarc(resolver, domain, bounceDomain)),
    await ask("MX", () => checkMx(resolver, bounceDomain, settings)),
    await ask("reverse name", () => checkReverse(resolver, relay)),
  ];
}

const noRelay: MailCheck = {
  name: "mail server",
  state: "warning",
  message: "none is set; letters are kept in the data folder",
  remedy: "Set BROADSHEET_SMTP_URL to send them.",
};

/** "localhost" and numeric addresses: nothing can be published for them. */
function isNoMailDomain(domain: string): boolean {
  return domain === "localhost" || isIP(domain.replace(/^\[|\]$/g, "")) !== 0;
}

function noSender(mailFrom: string): MailCheck {
  return {
    name: "sender",
    state: "warning",
    message: `letters would come from ${mailFrom}, which no receiver can look up`,
    remedy: "Set BROADSHEET_MAIL_FROM to an address of a domain of yours, and run this again.",
  };
}

/** No answer is no verdict. */
async function asked(name: string, look: () => Promise<Omit<MailCheck, "name">>): Promise<MailCheck> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    const remedy = "Try again where the domain name system can be asked.";
    return { name, state: "warning", message: `could not be looked up (${why})`, remedy };
  }
}

type Found = Omit<MailCheck, "name">;

async function checkSpfRecord(resolver: MailResolver, domain: string, relay: string | null): Promise<Found> {
  const records = await findSpfRecords(resolver, domain);
  const mechanism = relay === null || isHere(relay) ? "mx a" : isIP(relay) ? ipTerm(relay) : `a:${relay}`;
  if (records.length === 0)
    return {
      state: "failed",
      message: `${domain} says nothing of who may send for it`,
      remedy: `Publish: ${txtRecord(domain, `v=spf1 ${mechanism} ~all`)} (or what your mail provider names, such as include:…)`,
    };
  if (records.length > 1)
    return {
      state: "failed",
      message: `${domain} has ${records.length} SPF records, and receivers then take none`,
      remedy: `Publish one: ${txtRecord(domain, `v=spf1 ${mechanism} ~all`)} with the terms of all.`,
    };
  const verdicts = await Promise.all(
    (await publicAddresses(resolver, relay)).map((address) => checkSpf(resolver, domain, address)),
  );
  if (verdicts.includes("permerror"))
    return {
      state: "failed",
      message: `the record of ${domain} is broken, or asks for more than ten lookups: ${records[0]}`,
      remedy: "Leave out what is not needed, and includes of names without a record.",
    };
  if (verdicts.length > 0 && !verdicts.includes("pass"))
    return {
      state: "warning",
      message: `the record of ${domain} does not name ${relay}: ${records[0]}`,
      remedy: `If letters leave from there, publish: ${txtRecord(domain, withTerm(records[0]!, mechanism))}`,
    };
  const message =
    verdicts.length > 0 ? `${domain} lets ${relay} send` : `${domain} has a record: ${records[0]}`;
  return { state: "ok", message };
}

function ipTerm(address: string): string {
  return `ip${isIP(address)}:${address}`;
}

/** The record with one mechanism more, before its "all". */
function withTerm(record: string, term: string): string {
  return /[+\-~?]?all\b/.test(record)
    ? record.replace(/ ([+\-~?]?all)\b/, ` ${term} $1`)
    : `${record} ${term}`;
}

async function checkDkim(resolver: MailResolver, { dkim, mailFrom }: MailCheckSettings): Promise<Found> {
  if (dkim === null)
    return {
      state: "warning",
      message: "letters leave here unsigned; good only if the mail server signs them",
      remedy: `Make a key (openssl genrsa -out dkim.pem 2048), set BROADSHEET_DKIM_KEY to it and run this again; or make sure that the server signs for ${domainOf(mailFrom)} and covers List-Unsubscribe and List-Unsubscribe-Post.`,
    };
  const { selector, domain, record } = openDkim(dkim);
  const name = `${selector}._domainkey.${domain}`;
  const published = (await resolver.txt(name)).filter((text) => /(^|;)\s*p=/.test(text));
  const publish = `Publish: ${txtRecord(name, record)}`;
  if (published.length === 0)
    return { state: "failed", message: `no key is published at ${name}`, remedy: publish };
  if (published.length > 1)
    return { state: "failed", message: `${published.length} keys are published at ${name}`, remedy: publish };
  const keyOf = (text: string) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replace(/\s/g, "");
  if (keyOf(published[0]!) !== keyOf(record))
    return { state: "failed", message: `another key is published at ${name}`, remedy: publish };
  return { state: "ok", message: `the key at ${name} is the one that letters are signed with` };
}

async function checkDmarc(resolver: MailResolver, domain: string, bounceDomain: string): Promise<Found> {
  const found = await findDmarc(resolver, domain);
  const value = `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`;
  if (!found)
    return {
      state: "failed",
      message: `${domain} has no policy`,
      remedy: `Publish: ${txtRecord(`_dmarc.${domain}`, value)}`,
    };
  const policy = /(?:^|;)\s*p\s*=\s*(none|quarantine|reject)\b/i.exec(found.record)?.[1];
  if (!policy)
    return {
      state: "failed",
      message: `the policy at ${found.name} says nothing: ${found.record}`,
      remedy: `Publish: ${txtRecord(`_dmarc.${domain}`, value)}`,
    };
  if (!isAligned(domain, bounceDomain))
    return {
      state: "warning",
      message: `p=${policy} at ${found.name}, but envelope senders are of ${bounceDomain}, so that only DKIM can pass for ${domain}`,
      remedy: `Set BROADSHEET_BOUNCE_ADDRESS to an address of ${domain}.`,
    };
  return { state: "ok", message: `p=${policy.toLowerCase()} at ${found.name}` };
}

/** Of the domain, else of those above it (RFC 9989's walk, as far as two labels). */
async function findDmarc(resolver: MailResolver, domain: string) {
  const labels = domain.split(".");
  for (let i = 0; i <= Math.max(0, labels.length - 2); i++) {
    const name = `_dmarc.${labels.slice(i).join(".")}`;
    const record = (await resolver.txt(name)).find((text) => /^v=DMARC1\b/i.test(text));
    if (record) return { name, record };
  }
  return null;
}

/** Relaxed alignment, near enough: one is the other or below it. */
function isAligned(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

async function checkMx(resolver: MailResolver, domain: string, settings: MailCheckSettings): Promise<Found> {
  const hosts = (await resolver.mx(domain)).filter((host) => host !== "" && host !== ".");
  const address = settings.returns.bounceAddress ?? settings.mailFrom;
  if (hosts.length === 0)
    return {
      state: "failed",
      message: `no mail server takes what comes back to ${address}`,
      remedy: `Publish: ${domain}. IN MX 10 and the name of the server that is to take it.`,
    };
  const dead: string[] = [];
  for (const host of hosts) if ((await resolver.addresses(host)).length === 0) dead.push(host);
  if (dead.length > 0)
    return {
      state: dead.length === hosts.length ? "failed" : "warning",
      message: `${dead.join(", ")} has no address`,
      remedy: "Publish its A or AAAA record, or take it out of the MX records.",
    };
  return { state: "ok", message: `what comes back to ${address} goes to ${hosts.join(", ")}` };
}

async function checkReverse(resolver: MailResolver, relay: string | null): Promise<Found> {
  const addresses = await publicAddresses(resolver, relay);
  if (addresses.length === 0)
    return {
      state: "warning",
      message: "letters leave from this machine or its network; its public address cannot be told from here",
      remedy: "Have the provider of that address give it a reverse name (PTR) that leads back to it.",
    };
  const wrong: string[] = [];
  for (const address of addresses) {
    const names = await resolver.reverse(address);
    const forward = await Promise.all(names.map((name) => resolver.addresses(name)));
    if (!forward.flat().includes(address)) wrong.push(`${address} (${names.join(", ") || "no name"})`);
  }
  if (wrong.length > 0)
    return {
      state: "warning",
      message: `no reverse name that leads back: ${wrong.join("; ")}`,
      remedy: `Have the provider of the address publish PTR ${relay}., if that server itself delivers.`,
    };
  return { state: "ok", message: `${addresses.join(", ")} and the name lead to each other` };
}

/** Those that others see. */
async function publicAddresses(resolver: MailResolver, relay: string | null): Promise<string[]> {
  if (relay === null || isHere(relay)) return [];
  const addresses = isIP(relay) ? [relay] : await resolver.addresses(relay);
  return addresses.filter(
    (address) =>
      !/^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80)/i.test(address),
  );
}

/** As it stands in a zone file; strings of 255 at most (RFC 1035 §3.3). */
function txtRecord(name: string, value: string): string {
  const strings = value.match(/.{1,255}/g)!.map((part) => `"${part}"`);
  return `${name}. IN TXT ${strings.length > 1 ? `( ${strings.join(" ")} )` : strings[0]}`;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
