import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import PostalMime from "postal-mime";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { type MailSink, type MailSinkOptions, startMailSink } from "../../test/support/mail-sink.ts";
import { readKeptLetter } from "./kept-letter.ts";
import type { Letter } from "./letter.ts";
import { findKeptLetter, listKeptLetters } from "./letter-folder.ts";
import { type Mailer, openMailer } from "./mailer.ts";

const letter: Letter = {
  to: "ada@example.org",
  from: { name: "Broadsheet", address: "daily@example.org" },
  subject: "One",
  text: "Text\n.\nend",
  html: "<p>Text</p>",
  messageId: "<one@example.org>",
  date: new Date("2026-05-12T06:40:00Z"),
};

const certificatePath = fileURLToPath(new URL("../../test/support/mail-certificate.pem", import.meta.url));
const cert = readFileSync(certificatePath);
const key = readFileSync(new URL("../../test/support/mail-key.pem", import.meta.url));

const onlyAda: SMTPServerOptions["onAuth"] = (auth, _session, done) =>
  auth.username === "ada" && auth.password === "right"
    ? done(null, { user: "ada" })
    : done(Object.assign(new Error(`no: ${auth.password}`), { responseCode: 535 }));

const open: AsyncDisposable[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing[Symbol.asyncDispose]();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-letters-"));
  folders.push(folder);
  return join(folder, "letters");
}

function mailerFor(smtpUrl: string | null, folder = newFolder()): Mailer {
  const mailer = openMailer({ smtpUrl }, { folder });
  open.push(mailer);
  return mailer;
}

async function sink(options?: MailSinkOptions): Promise<MailSink> {
  const started = await startMailSink(options);
  open.push(started);
  return started;
}

describe("by SMTP", () => {
  test("one recipient in the envelope, the message as built", async () => {
    const server = await sink();
    expect(await mailerFor(server.url).send(letter)).toEqual({ ok: true });
    expect(server.messages).toHaveLength(1);
    expect(server.messages[0]).toMatchObject({ from: "daily@example.org", recipients: ["ada@example.org"] });
    const mail = await PostalMime.parse(server.messages[0]!.raw);
    expect(mail.messageId).toBe("<one@example.org>");
    expect(mail.text?.trim()).toBe("Text\n.\nend");
  });

  test.each([
    [{ refuseRecipient: () => 450 }, false, /RCPT TO: .*450/, undefined],
    [
      { refuseRecipient: () => 550 },
      true,
      /RCPT TO: .*550/,
      { reply: "550 refused with 550", atRecipient: true },
    ],
    [{ refuseMessage: () => 451 }, false, /DATA: .*451/, undefined],
    [
      { refuseMessage: () => 554 },
      true,
      /DATA: .*554/,
      { reply: "554 refused with 554", atRecipient: false },
    ],
  ])("tells temporary from permanent refusals: %j", async (options, permanent, reason, refusal) => {
    const server = await sink(options);
    const result = await mailerFor(server.url).send(letter);
    expect(result).toEqual({ ok: false, permanent, reason: expect.stringMatching(reason), refusal });
    expect(server.messages).toEqual([]);
  });

  test("a refused sender or greeting is our own trouble, not the reader's", async () => {
    const refuse = (done: (error?: Error) => void, code: number) =>
      done(Object.assign(new Error("not from you"), { responseCode: code }));
    const sender = await sink({ smtp: { onMailFrom: (_address, _session, done) => refuse(done, 553) } });
    expect(await mailerFor(sender.url).send(letter)).toMatchObject({ ok: false, permanent: false });
    const greeting = await sink({ smtp: { onConnect: (_session, done) => refuse(done, 554) } });
    expect(await mailerFor(greeting.url).send(letter)).toMatchObject({ ok: false, permanent: false });
  });

  test("nobody listens: temporary, and verify says so", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const mailer = mailerFor(`smtp://127.0.0.1:${port}`);
    expect(await mailer.send(letter)).toMatchObject({ ok: false, permanent: false });
    expect(await mailer.verify()).toEqual({ ok: false, reason: expect.stringContaining("ECONNREFUSED") });
  });

  test("a connection cut after the data is temporary and is not repeated by itself", async () => {
    let seen = 0;
    const cutting = createServer((socket) => {
      socket.write("220 here\r\n");
      let data = false;
      socket.on("data", (chunk) => {
        const text = chunk.toString();
        if (data && text.endsWith("\r\n.\r\n")) {
          seen++;
          socket.destroy();
        } else if (!data && /^DATA/i.test(text)) {
          data = true;
          socket.write("354 go on\r\n");
        } else if (!data) socket.write("250 fine\r\n");
      });
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => cutting.listen(0, "127.0.0.1", resolve));
    const { port } = cutting.address() as AddressInfo;
    const mailer = mailerFor(`smtp://127.0.0.1:${port}`);
    expect(await mailer.send(letter)).toMatchObject({ ok: false, permanent: false });
    expect(seen).toBe(1);
    await new Promise((resolve) => cutting.close(resolve));
  });

  test("signs in, and keeps a wrong password out of its words", async () => {
    const server = await sink({ smtp: { authOptional: false, allowInsecureAuth: true, onAuth: onlyAda } });
    const refused = await mailerFor(`smtp://ada:wrong-secret@127.0.0.1:${server.port}`).send(letter);
    expect(refused).toMatchObject({ ok: false, permanent: false, reason: expect.stringContaining("AUTH") });
    expect(JSON.stringify(refused)).not.toContain("wrong-secret");
    const right = mailerFor(`smtp://ada:right@127.0.0.1:${server.port}`);
    expect(await right.verify()).toEqual({ ok: true });
    expect(await right.send(letter)).toEqual({ ok: true });
  });

  test("takes STARTTLS when it is offered and refuses a certificate nobody vouches for", async () => {
    const server = await sink({ smtp: { disabledCommands: [], key, cert } });
    const trusted = `?ca=${encodeURIComponent(certificatePath)}`;
    expect(await mailerFor(`${server.url}${trusted}`).send(letter)).toEqual({ ok: true });
    expect(server.messages.map((m) => m.secure)).toEqual([true]);
    const refused = await mailerFor(server.url).send(letter);
    expect(refused).toMatchObject({
      ok: false,
      permanent: false,
      reason: expect.stringMatching(/certificate/i),
    });
    expect(await mailerFor(`${server.url}?tls=none`).send(letter)).toEqual({ ok: true });
    expect(server.messages.map((m) => m.secure)).toEqual([true, false]);
  });

  test("required TLS is not given up when the server offers none", async () => {
    const server = await sink();
    expect(await mailerFor(`${server.url}?tls=required`).send(letter)).toMatchObject({
      ok: false,
      permanent: false,
    });
    expect(server.messages).toEqual([]);
  });

  test("TLS from the first byte", async () => {
    const server = await sink({ smtp: { secure: true, key, cert } });
    const url = `smtps://localhost:${server.port}?ca=${encodeURIComponent(certificatePath)}`;
    expect(await mailerFor(url).send(letter)).toEqual({ ok: true });
    expect(server.messages.map((m) => m.secure)).toEqual([true]);
  });

  test("a letter whose text holds addresses and commands has one recipient", async () => {
    const server = await sink();
    const hostile = {
      ...letter,
      subject: "x\r\nBcc: victim@x.test",
      text: ".\r\nQUIT\r\nRCPT TO:<victim@x.test>",
    };
    await mailerFor(server.url).send(hostile);
    expect(server.messages.map((m) => m.recipients)).toEqual([["ada@example.org"]]);
  });
});

describe("into the folder", () => {
  test("keeps whole letters that can be read back, the same letter once", async () => {
    const folder = newFolder();
    const mailer = mailerFor(null, folder);
    expect(mailer.kind).toBe("folder");
    expect(await listKeptLetters(folder)).toEqual([]);
    await mailer.send(letter);
    await mailer.send(letter);
    await mailer.send({ ...letter, messageId: "<two@example.org>", date: new Date("2026-05-13T06:40:00Z") });
    const names = await listKeptLetters(folder);
    expect(names).toHaveLength(2);
    expect(names[0]).toMatch(/^2026-05-13T06-40-00Z-[0-9a-f]{16}\.eml$/);
    const kept = readKeptLetter((await findKeptLetter(folder, names[1]!))!);
    expect(kept.text).toBe(letter.text);
    expect(kept.headers.get("message-id")).toBe("<one@example.org>");
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test("gives nothing but letters", async () => {
    const folder = newFolder();
    await mailerFor(null, folder).send(letter);
    writeFileSync(join(folder, "notes.txt"), "private");
    expect(await listKeptLetters(folder)).toHaveLength(1);
    for (const name of [
      "notes.txt",
      "../broadsheet.sqlite",
      "",
      "2026-05-12T06-40-00Z-0000000000000000.eml",
    ]) {
      expect(await findKeptLetter(folder, name)).toBeNull();
    }
  });

  test("a folder that cannot be written is temporary trouble with a name", async () => {
    const folder = newFolder();
    writeFileSync(folder, "a file is in the way");
    const result = await mailerFor(null, folder).send(letter);
    expect(result).toEqual({ ok: false, permanent: false, reason: expect.stringContaining(folder) });
  });
});
