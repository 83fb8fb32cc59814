import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMailSink } from "../../test/support/mail-sink.ts";
import { openDkim } from "./dkim.ts";
import type { Letter } from "./letter.ts";
import { openMailer } from "./mailer.ts";
import { buildMessage } from "./message.ts";

const letter: Letter = {
  to: "ada@example.org",
  from: { name: "Broadsheet", address: "daily@example.org" },
  subject: "Broadsheet, 12 May: A²ATS and 11 more",
  text: `.\n${"long ".repeat(400)}\n`,
  html: "<p>ü</p>",
  messageId: "<2026-05-12.abc@example.org>",
  date: new Date("2026-05-12T06:40:00Z"),
  list: { name: "Broadsheet", id: "daily.example.org", unsubscribeUrl: "https://example.org/u/TOKEN" },
};

let folder: string;
const fileOf = (name: string) => join(folder, name);
const settings = (name = "key.pem") => ({ keyFile: fileOf(name), selector: "s1", domain: "example.org" });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-dkim-"));
  const write = (name: string, key: { export(options: object): unknown }) =>
    writeFileSync(fileOf(name), String(key.export({ type: "pkcs8", format: "pem" })));
  write("key.pem", generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
  write("short.pem", generateKeyPairSync("rsa", { modulusLength: 512 }).privateKey);
  write("other.pem", generateKeyPairSync("ed25519").privateKey);
  writeFileSync(fileOf("nothing.pem"), "not a key");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a receiver would, with the record that we say is to be published. */
async function verify(raw: Buffer | string) {
  const { record } = openDkim(settings());
  const resolver = async (name: string, type: string) => {
    if (type === "TXT" && name === "s1._domainkey.example.org") return [record.match(/.{1,255}/g)!];
    throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  };
  const { results } = await dkimVerify(raw, { resolver });
  return results[0] as {
    status: { result: string; aligned?: string | false };
    signingHeaders?: { keys: string };
  };
}

describe("a signed letter", () => {
  test("passes at the receiver, both List-Unsubscribe headers covered, aligned with From", async () => {
    await using sink = await startMailSink();
    await using mailer = openMailer({ smtpUrl: sink.url, dkim: settings() }, { folder });
    expect(await mailer.send(letter)).toEqual({ ok: true });
    const { raw } = sink.messages[0]!;
    const result = await verify(raw);
    expect(result.status).toMatchObject({ result: "pass", aligned: "example.org" });
    for (const line of raw.toString("latin1").split("\r\n")) expect(line.length).toBeLessThanOrEqual(78);
    const covered = result.signingHeaders!.keys.toLowerCase().split(/\s*:\s*/);
    for (const name of [
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "mime-version",
      "content-type",
      "list-id",
      "list-unsubscribe",
      "list-unsubscribe-post",
      "feedback-id",
    ])
      expect(covered).toContain(name);
    expect(
      Math.max(
        ...raw
          .toString("latin1")
          .split("\r\n")
          .map((line) => line.length),
      ),
    ).toBeLessThan(998);
  });

  test.each([
    ["List-Unsubscribe=One-Click", "List-Unsubscribe=One-Clicc"],
    ["/u/TOKEN", "/u/TOKEM"],
    ["Feedback-ID: 2026", "Feedback-ID: 2027"],
    ["A=C2=B2ATS", "A=C2=B3ATS"],
  ])("does not when %j has become %j", async (from, to) => {
    const raw = (await openDkim(settings()).sign(buildMessage(letter))).toString("latin1");
    expect((await verify(raw)).status.result).toBe("pass");
    const changed = raw.replace(from, to);
    expect(changed).not.toBe(raw);
    expect((await verify(changed)).status.result).not.toBe("pass");
  });

  test("is the same bytes when it is sent again", async () => {
    const message = buildMessage(letter);
    const signer = openDkim(settings());
    expect((await signer.sign(message)).equals(await signer.sign(message))).toBe(true);
  });
});

describe("a key that cannot be used", () => {
  test.each([
    ["missing.pem", "cannot be read"],
    ["nothing.pem", "not a private key"],
    ["other.pem", "RSA"],
    ["short.pem", "512 bits"],
  ])("is refused by name: %s", (name, why) => {
    expect(() => openDkim(settings(name))).toThrow(why);
    expect(() => openDkim(settings(name))).toThrow(/^BROADSHEET_DKIM_KEY/);
  });
});
