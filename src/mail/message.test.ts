import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { readKeptLetter } from "./kept-letter.ts";
import type { Letter } from "./letter.ts";
import { bodyText, buildMessage, headerText } from "./message.ts";

const letter: Letter = {
  to: "ada@example.org",
  from: { name: "Broadsheet", address: "daily@example.org" },
  subject: "Broadsheet, 12 May: A²ATS and 11 more",
  text: "First line ∵\n.\nlast",
  html: "<p>ü</p>",
  messageId: "<2026-05-12.abc@example.org>",
  date: new Date("2026-05-12T06:40:00Z"),
  list: { name: "Broadsheet", id: "daily.example.org", unsubscribeUrl: "https://example.org/u/TOKEN" },
};

const headerNames = [
  "auto-submitted",
  "precedence",
  "list-id",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "feedback-id",
  "from",
  "to",
  "subject",
  "message-id",
  "date",
  "mime-version",
  "content-type",
];

async function parse(given: Partial<Letter>) {
  const raw = buildMessage({ ...letter, ...given }).toString("latin1");
  return { raw, mail: await PostalMime.parse(raw) };
}

describe("buildMessage", () => {
  test("has every header once and both parts, text first", async () => {
    const { raw, mail } = await parse({});
    expect(mail.headers.map((h) => h.key)).toEqual(headerNames);
    expect(Object.fromEntries(mail.headers.map((h) => [h.key, h.value]))).toMatchObject({
      "auto-submitted": "auto-generated",
      precedence: "bulk",
      "list-id": "Broadsheet <daily.example.org>",
      "list-unsubscribe": "<https://example.org/u/TOKEN>",
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      "feedback-id": "2026-05-12:daily.example.org:letter:broadsheet",
      date: "Tue, 12 May 2026 06:40:00 +0000",
      "message-id": "<2026-05-12.abc@example.org>",
    });
    expect(mail.subject).toBe(letter.subject);
    expect(mail.to).toEqual([{ address: "ada@example.org", name: "" }]);
    expect(mail.text?.trimEnd()).toBe(letter.text);
    expect(mail.html?.trimEnd()).toBe(letter.html);
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(raw).toContain("multipart/alternative");
  });

  test("a confirmation carries no list headers", async () => {
    const { mail } = await parse({ list: undefined });
    const keys = mail.headers.map((h) => h.key);
    expect(keys.filter((key) => key.startsWith("list-") || key === "precedence")).toEqual([]);
    expect(keys).toContain("auto-submitted");
  });

  test("the same letter is the same message", async () => {
    expect(buildMessage(letter).equals(buildMessage(letter))).toBe(true);
  });

  test.each([
    ["Eve\r\nBcc: victim@x.test", "Eve Bcc: victim@x.test"],
    ["a\nb\u2028c\u0000d\u0007e\u0085f", "a b c d e f"],
    ["\u202egpj.exe", "gpj.exe"],
    ["=?utf-8?B?PHNjcmlwdD4=?=", "=?utf-8?B?PHNjcmlwdD4=?="],
    ["half \ud83d pair", "half � pair"],
    ["مرحبا 😀 A²ATS", "مرحبا 😀 A²ATS"],
    ["ä".repeat(300), "ä".repeat(300)],
  ])("the subject %j keeps the structure of the header", async (subject, shown) => {
    const { mail } = await parse({ subject });
    expect(mail.headers.map((h) => h.key)).toEqual(headerNames);
    expect(mail.subject).toBe(shown);
  });

  test("any text gives short 7-bit lines ended by CRLF, one recipient, and comes back", async () => {
    const text = fc.string({ unit: "binary", maxLength: 1_500 });
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, body) => {
        const { raw, mail } = await parse({ subject, text: `t${body}`, html: `h${body}` });
        expect(raw).not.toMatch(/[^\r]\n|\r[^\n]|[^\x09\x0a\x0d\x20-\x7e]/);
        expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(78);
        expect(mail.headers.map((h) => h.key).filter((key) => key !== "subject")).toEqual(
          headerNames.filter((name) => name !== "subject"),
        );
        expect(readKeptLetter(Buffer.from(raw, "latin1"))).toMatchObject({
          text: `t${bodyText(body)}`,
          html: `h${bodyText(body)}`,
        });
        expect(readKeptLetter(Buffer.from(raw, "latin1")).headers.get("subject") ?? "").toBe(
          headerText(subject),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("readKeptLetter", () => {
  test("survives what is not a letter", () => {
    for (const junk of [
      "",
      "no colon",
      "\r\n\r\n",
      'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x',
    ]) {
      expect(readKeptLetter(Buffer.from(junk))).toMatchObject({ text: "", html: "" });
    }
  });
});

describe("texts of others", () => {
  const shared = process.env.BROADSHEET_SHARED ?? "../shared";
  const present = existsSync(join(shared, "hostile-inputs.json")) && existsSync(join(shared, "quirks.json"));
  if (!present) console.warn(`NOT RUN: hostile and odd texts in letters, ${shared} is missing`);

  test.skipIf(!present)("every hostile input and every odd title stays a subject and a text", async () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(join(shared, name), "utf8")) as Record<string, unknown>[];
    const given = [
      ...read("hostile-inputs.json").map((h) => h.input),
      ...read("quirks.json").map((q) => q.value),
    ];
    const texts = given.map((value) =>
      (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 20_000),
    );
    expect(texts.length).toBeGreaterThan(300);
    for (const text of texts) {
      const { raw, mail } = await parse({
        subject: `Broadsheet: ${text}`,
        text: `Text: ${text}`,
        html: `<p>${text.length}</p>`,
      });
      expect(mail.headers.map((h) => h.key)).toEqual(headerNames);
      expect(mail.to).toEqual([{ address: "ada@example.org", name: "" }]);
      expect(mail.subject).toBe(headerText(`Broadsheet: ${text}`));
      expect(raw).not.toMatch(/[^\r]\n|[^\x09\x0a\x0d\x20-\x7e]/);
      const kept = readKeptLetter(Buffer.from(raw, "latin1"));
      expect(kept.headers.get("subject")).toBe(headerText(`Broadsheet: ${text}`));
      expect(kept.text.trimEnd()).toBe(bodyText(`Text: ${text}`).trimEnd());
    }
  });
});
