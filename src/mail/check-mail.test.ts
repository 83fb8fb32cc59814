import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMailSink } from "../../test/support/mail-sink.ts";
import { checkMail, type MailCheck, type MailCheckSettings } from "./check-mail.ts";
import { checkRelay } from "./check-relay.ts";
import { openDkim } from "./dkim.ts";
import type { MailResolver } from "./mail-resolver.ts";
import { checkSpf } from "./spf.ts";

const certificatePath = fileURLToPath(new URL("../../test/support/mail-certificate.pem", import.meta.url));
const cert = readFileSync(certificatePath);
const key = readFileSync(new URL("../../test/support/mail-key.pem", import.meta.url));
const trusted = `?ca=${encodeURIComponent(certificatePath)}`;

let folder: string;
let dkim: NonNullable<MailCheckSettings["dkim"]>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-check-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keyFile = join(folder, "key.pem");
  writeFileSync(keyFile, String(privateKey.export({ type: "pkcs8", format: "pem" })));
  dkim = { keyFile, selector: "s1", domain: "example.org" };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Zone = Partial<Record<"txt" | "mx" | "addresses" | "reverse", Record<string, string[]>>>;

function resolverOf(zone: Zone): MailResolver {
  return {
    txt: async (name) => zone.txt?.[name] ?? [],
    mx: async (name) => zone.mx?.[name] ?? [],
    addresses: async (name) => zone.addresses?.[name] ?? [],
    reverse: async (address) => zone.reverse?.[address] ?? [],
  };
}

const answering: MailCheck = { name: "mail server", state: "ok", message: "answers" };

const settings = (): MailCheckSettings => ({
  smtpUrl: "smtp://mail.example.org:1",
  mailFrom: "daily@example.org",
  dkim,
  returns: { bounceAddress: "bounces@example.org", maildir: null, secret: null },
});

const wellKept = (): Zone => ({
  txt: {
    "example.org": ["google-site-verification=x", "v=spf1 include:_spf.example.net -all"],
    "_spf.example.net": ["v=spf1 ip4:192.0.2.0/24 ~all"],
    "s1._domainkey.example.org": [openDkim(dkim).record],
    "_dmarc.example.org": ["v=DMARC1; p=Reject"],
  },
  mx: { "example.org": ["mx.example.org"] },
  addresses: { "mail.example.org": ["192.0.2.25"], "mx.example.org": ["192.0.2.26"] },
  reverse: { "192.0.2.25": ["mail.example.org"] },
});

async function check(zone: Zone, given: Partial<MailCheckSettings> = {}) {
  const checks = await checkMail({ ...settings(), ...given }, resolverOf(zone), async () => answering);
  return Object.fromEntries(checks.map((found) => [found.name, found]));
}

describe("names in the domain name system", () => {
  test("a domain that is well kept", async () => {
    const found = await check(wellKept());
    for (const name of ["SPF", "DKIM", "DMARC", "MX", "reverse name"])
      expect(found[name]).toMatchObject({ state: "ok" });
    expect(found.DMARC!.message).toBe("p=reject at _dmarc.example.org");
  });

  test("a bare domain is told each record to publish, word by word", async () => {
    const found = await check({});
    const { record } = openDkim(dkim);
    expect(found.SPF).toMatchObject({
      state: "failed",
      remedy: expect.stringContaining('Publish: example.org. IN TXT "v=spf1 a:mail.example.org ~all"'),
    });
    const strings = `( "${record.slice(0, 255)}" "${record.slice(255)}" )`;
    expect(found.DKIM).toMatchObject({
      state: "failed",
      remedy: `Publish: s1._domainkey.example.org. IN TXT ${strings}`,
    });
    expect(found.DMARC!.remedy).toBe(
      'Publish: _dmarc.example.org. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@example.org"',
    );
    expect(found.MX).toMatchObject({ state: "failed", remedy: expect.stringContaining("IN MX 10") });
  });

  test("another key, two keys, no key of ours", async () => {
    const zone = wellKept();
    const name = "s1._domainkey.example.org";
    zone.txt![name] = ["v=DKIM1; k=rsa; p=MIIB"];
    expect((await check(zone)).DKIM).toMatchObject({
      state: "failed",
      message: expect.stringContaining("another key"),
    });
    zone.txt![name] = [openDkim(dkim).record, "v=DKIM1; p=MIIB"];
    expect((await check(zone)).DKIM).toMatchObject({
      state: "failed",
      message: expect.stringContaining("2 keys"),
    });
    expect((await check(zone, { dkim: null })).DKIM).toMatchObject({
      state: "warning",
      remedy: expect.stringContaining("List-Unsubscribe-Post"),
    });
  });

  test("two SPF records, one that is broken, one that does not name the relay", async () => {
    const zone = wellKept();
    zone.txt!["example.org"] = ["v=spf1 mx -all", "v=spf1 a -all"];
    expect((await check(zone)).SPF).toMatchObject({
      state: "failed",
      message: expect.stringContaining("2 SPF"),
    });
    zone.txt!["example.org"] = ["v=spf1 include:nothing.example.net -all"];
    expect((await spfOf(zone, "198.51.100.1")).state).toBe("failed");
    zone.txt!["example.org"] = ["v=spf1 mx -all"];
    expect(await spfOf(zone, "198.51.100.1")).toMatchObject({
      state: "warning",
      remedy: expect.stringContaining('"v=spf1 mx ip4:198.51.100.1 -all"'),
    });
  });

  test("DMARC of the domain above counts; envelope senders of another domain do not align", async () => {
    const zone = wellKept();
    const below = { mailFrom: "daily@letters.example.org" };
    expect((await check(zone, below)).DMARC).toMatchObject({ state: "ok" });
    const elsewhere = { returns: { bounceAddress: "b@example.com", maildir: null, secret: null } };
    expect((await check(zone, elsewhere)).DMARC).toMatchObject({
      state: "warning",
      message: expect.stringContaining("example.com"),
    });
    zone.txt!["_dmarc.example.org"] = ["v=DMARC1; rua=mailto:x@example.org"];
    expect((await check(zone)).DMARC!.state).toBe("failed");
  });

  test("nobody takes mail there, or a server without an address", async () => {
    const zone = wellKept();
    zone.mx!["example.org"] = ["."];
    expect((await check(zone)).MX!.state).toBe("failed");
    zone.mx!["example.org"] = ["mx.example.org", "gone.example.org"];
    expect((await check(zone)).MX).toMatchObject({
      state: "warning",
      message: "gone.example.org has no address",
    });
  });

  test("a relay whose address has no name that leads back", async () => {
    const zone = wellKept();
    zone.reverse = { "192.0.2.25": ["other.example.net"] };
    expect((await check(zone))["reverse name"]).toMatchObject({
      state: "warning",
      message: "no reverse name that leads back: 192.0.2.25 (other.example.net)",
    });
    const here = await check(zone, { smtpUrl: "smtp://127.0.0.1:25" });
    expect(here["reverse name"]!.message).toContain("cannot be told from here");
    expect(here.SPF).toMatchObject({ state: "ok" });
  });

  test.each(["localhost", "127.0.0.1", "[127.0.0.1]"])(
    "nothing is asked to be published for %s",
    async (domain) => {
      const checks = await check({}, { mailFrom: `broadsheet@${domain}` });
      expect(Object.keys(checks)).toEqual(["mail server", "sender"]);
      expect(checks.sender).toMatchObject({ state: "warning", remedy: expect.stringContaining("MAIL_FROM") });
    },
  );

  test("no answer is no verdict", async () => {
    const silent = async () => {
      throw Object.assign(new Error("no"), { code: "ETIMEOUT" });
    };
    const resolver = { txt: silent, mx: silent, addresses: silent, reverse: silent };
    const checks = await checkMail({ ...settings(), smtpUrl: null }, resolver);
    expect(checks.filter(({ message }) => message.includes("ETIMEOUT")).map(({ state }) => state)).toEqual([
      "warning",
      "warning",
      "warning",
      "warning",
    ]);
  });
});

/** With the relay at an address. */
async function spfOf(zone: Zone, address: string) {
  const checks = await check(zone, { smtpUrl: `smtp://${address}:1` });
  return checks.SPF!;
}

describe("SPF", () => {
  const zone = (txt: Record<string, string[]>, more: Zone = {}) => resolverOf({ txt, ...more });

  test.each([
    ["v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", "pass"],
    ["v=spf1 ip4:192.0.2.0/28 -all", "192.0.2.16", "fail"],
    ["v=spf1 ip6:2001:db8::/32 ~all", "2001:db8::1", "pass"],
    ["v=spf1 ip6:2001:db8::/32 ~all", "2001:db9::1", "softfail"],
    ["v=spf1 mx ?all", "192.0.2.9", "pass"],
    ["v=spf1 a/24 -all", "192.0.2.200", "pass"],
    ["v=spf1 -ip4:192.0.2.1 +all", "192.0.2.1", "fail"],
    ["v=spf1 redirect=other.test", "192.0.2.77", "pass"],
    ["v=spf1 include:other.test -all", "192.0.2.78", "fail"],
    ["v=spf1 include:loop.test -all", "192.0.2.78", "permerror"],
    ["v=spf1", "192.0.2.78", "neutral"],
  ])("%s for %s: %s", async (record, address, expected) => {
    const resolver = zone(
      {
        "x.test": [record],
        "other.test": ["v=spf1 ip4:192.0.2.77 -all"],
        "loop.test": ["v=spf1 include:loop.test"],
      },
      { mx: { "x.test": ["mx.x.test"] }, addresses: { "mx.x.test": ["192.0.2.9"], "x.test": ["192.0.2.7"] } },
    );
    expect(await checkSpf(resolver, "x.test", address)).toBe(expected);
  });
});

describe("the mail server", () => {
  test("answers, with TLS and a certificate, and lets us in", async () => {
    await using sink = await startMailSink({
      smtp: {
        disabledCommands: [],
        key,
        cert,
        authOptional: false,
        onAuth: (auth, _session, done) =>
          auth.password === "right" ? done(null, { user: "ada" }) : done(new Error(`no: ${auth.password}`)),
      },
    });
    const url = (password: string) => `smtp://ada:${password}@localhost:${sink.port}${trusted}`;
    expect(await checkRelay(url("right"))).toMatchObject({
      state: "ok",
      message: expect.stringMatching(
        /answers, TLSv1\.\d, certificate good until \d{4}-\d\d-\d\d, signed in as ada$/,
      ),
    });
    const refused = await checkRelay(url("wrong-secret"));
    expect(refused).toMatchObject({
      state: "failed",
      message: expect.stringContaining("refuses to sign in"),
    });
    expect(JSON.stringify(refused)).not.toContain("wrong-secret");
    const untrusted = await checkRelay(`smtp://ada:right@localhost:${sink.port}`);
    expect(untrusted).toMatchObject({
      state: "failed",
      message: expect.stringContaining("no TLS with localhost"),
    });
    expect(sink.messages).toEqual([]);
  });

  test("answers in the clear on this machine; does not answer", async () => {
    const sink = await startMailSink();
    expect(await checkRelay(sink.url)).toMatchObject({
      state: "ok",
      message: expect.stringContaining("without TLS"),
    });
    await sink[Symbol.asyncDispose]();
    expect(await checkRelay(sink.url)).toMatchObject({
      state: "failed",
      message: expect.stringContaining("does not answer"),
    });
  });
});
