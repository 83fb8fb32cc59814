// No notation of a private address passes, neither as written nor as resolved; what the owner named does.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { guardLookup, isPublicAddress, judgeUrl, type Lookup, privateAddressCode } from "./address-guard.ts";

const hostileFile = join(process.env.BROADSHEET_SHARED ?? "../shared", "hostile-inputs.json");
if (!existsSync(hostileFile)) console.warn(`NOT RUN: hostile addresses (no ${hostileFile}).`);

/** Names that nothing but resolving shows to be private, and what is no matter of the address. */
const judgedLater = /nip\.io|good\.test|rebind\.test/;

function hostileAddresses(): { id: string; input: string }[] {
  const all = JSON.parse(readFileSync(hostileFile, "utf8")) as { id: string; area: string; input: string }[];
  return all.filter(({ area, input }) => area === "ssrf" && !judgedLater.test(input));
}

describe("isPublicAddress", () => {
  test.each(["8.8.8.8", "1.1.1.1", "151.101.1.42", "2606:4700::1111", "2a04:4e42::731"])(
    "%s is",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.0.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "example.org",
    "localhost",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("judgeUrl", () => {
  test.each([
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://127.0.0.1./",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://a.localhost/",
    "http://export.arxiv.org:8080/",
    "http://user@export.arxiv.org/",
    "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
    "http://a\tb.test/",
    "http:\\\\127.0.0.1\\",
    "file:///etc/passwd",
    "ftp://export.arxiv.org/",
    "gopher://export.arxiv.org/",
    "javascript:alert(1)",
    "//export.arxiv.org/",
    "",
  ])("refuses %s", (text) => {
    expect(judgeUrl(text)).toMatchObject({ allowed: false, why: expect.stringMatching(/\S/) });
  });

  test.each([
    "http://export.arxiv.org/a?b=c+d#e",
    "https://arxiv.org:443/",
    "http://8.8.8.8/",
    "https://[2606:4700::1111]/",
  ])("allows %s", (text) => {
    expect(judgeUrl(text)).toMatchObject({ allowed: true, ownersOwn: false });
  });

  test("lets the owner's base address stand: its scheme, host and port, and nothing beside", () => {
    const bases = ["http://127.0.0.1:8000/mirror", "not an address"];
    expect(judgeUrl("http://127.0.0.1:8000/other?x", bases)).toMatchObject({
      allowed: true,
      ownersOwn: true,
    });
    for (const text of [
      "http://127.0.0.1:8001/",
      "http://127.0.0.1/",
      "https://127.0.0.1:8000/",
      "http://localhost:8000/",
    ]) {
      expect(judgeUrl(text, bases).allowed).toBe(false);
    }
  });

  test.skipIf(!existsSync(hostileFile))("refuses every hostile address that shows itself", () => {
    const hostile = hostileAddresses();
    expect(hostile.length).toBeGreaterThan(20);
    expect(
      hostile.filter(({ input }) => judgeUrl(input).allowed).map(({ id, input }) => `${id} ${input}`),
    ).toEqual([]);
  });

  test("no number stands for a private IPv4 address, however it is written", () => {
    const notations = fc.constantFrom<(parts: number[]) => string>(
      (p) => p.join("."),
      (p) => p.map((part) => `0x${part.toString(16)}`).join("."),
      (p) => p.map((part) => `0${part.toString(8)}`).join("."),
      (p) => String(p.reduce((sum, part) => sum * 256 + part, 0)),
      (p) => `0x${p.map((part) => part.toString(16).padStart(2, "0")).join("")}`,
      (p) => `[::ffff:${p.join(".")}]`,
      (p) => `[64:ff9b::${p.join(".")}]`,
    );
    const priv = fc.tuple(fc.constantFrom(10, 127), fc.nat(255), fc.nat(255), fc.nat(255));
    fc.assert(
      fc.property(notations, priv, (write, parts) => {
        expect(judgeUrl(`http://${write(parts)}/`).allowed).toBe(false);
      }),
    );
  });
});

function resolvingTo(...addresses: string[]): Lookup {
  return (_hostname, options, callback) => {
    expect(options.all).toBe(true);
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}

function resolve(lookup: Lookup, all: boolean): Promise<unknown> {
  return new Promise((done, fail) => {
    lookup("x.test", { all }, (error, address, family) =>
      error ? fail(error) : done(all ? address : [address, family]),
    );
  });
}

describe("guardLookup", () => {
  test("hands on public addresses in the form asked for", async () => {
    const lookup = guardLookup(resolvingTo("8.8.8.8", "2606:4700::1111"));
    expect(await resolve(lookup, false)).toEqual(["8.8.8.8", 4]);
    expect(await resolve(lookup, true)).toHaveLength(2);
  });

  test.each([["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:8.8.8.8"], []])(
    "fails for %s",
    async (...addresses) => {
      for (const all of [true, false]) {
        await expect(resolve(guardLookup(resolvingTo(...addresses)), all)).rejects.toMatchObject({
          code: privateAddressCode,
        });
      }
    },
  );

  test("resolves once: a name that answers differently the second time is never asked a second time", async () => {
    const answers = ["8.8.8.8", "127.0.0.1"];
    const rebinding: Lookup = (_hostname, _options, callback) => {
      callback(null, [{ address: answers.shift()!, family: 4 }]);
    };
    expect(await resolve(guardLookup(rebinding), true)).toEqual([{ address: "8.8.8.8", family: 4 }]);
    expect(answers).toEqual(["127.0.0.1"]);
    await expect(resolve(guardLookup(rebinding), true)).rejects.toMatchObject({ code: privateAddressCode });
  });

  test("passes on that a name does not exist", async () => {
    const failing: Lookup = (_hostname, _options, callback) =>
      callback(Object.assign(new Error("none"), { code: "ENOTFOUND" }), []);
    await expect(resolve(guardLookup(failing), true)).rejects.toMatchObject({ code: "ENOTFOUND" });
  });
});
