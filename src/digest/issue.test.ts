import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type DayPaper, papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { buildMessage } from "../mail/message.ts";
import { spread, wrapText } from "../mail/plain-part.ts";
import { previewIssue, sendIssueByHand } from "./by-hand.ts";
import { composeDigest, type IssueContent, type LetterOwner, marksOf, readerOf } from "./issue.ts";
import { splitTitle, subjectOf } from "./letter-words.ts";
import { openIssue } from "./make-issue.ts";
import { composeConfirmation } from "./note-letters.tsx";
import { endSubscription } from "./unsubscribe.ts";

const baseUrl = "https://daily.example.org";
const owner: LetterOwner = {
  pk: 7,
  token: "T".repeat(32),
  zone: "Europe/Berlin",
  send_at: "08:40",
  weekdays: "1234567",
  rhythm: "daily",
};
const unsubscribeUrl = `${baseUrl}/u/${owner.token}`;
const day = "2026-05-12";
const address = {
  to: "ada@example.org",
  mailFrom: "letters@example.org",
  messageId: "<2026-05-12.x@example.org>",
  createdAt: "2026-05-12T06:40:00.000Z",
};

const hostile = [
  "<script>alert(1)</script> & <img src=x onerror=alert(1)>",
  "Quotes \" and ' and `",
  "Eve\r\nBcc: victim@x.test",
  "\u202egpj.exe \u0000 NUL",
  "=?utf-8?B?PHNjcmlwdD4=?=",
  "مرحبا بالعالم: دراسة",
  "👩‍👩‍👧‍👦 families: and 𝜆Grapher",
  ".\r\nQUIT",
  "word ".repeat(3_000),
  "x".repeat(200_000),
  "",
];

const shared = sharedSamples("hostile-inputs.json", "hostile inputs in letters");
const hostileAreas = new Set(["header-injection", "xss", "unicode", "latex", "markdown", "xml"]);

describeOnBothDatabases("an issue", (open) => {
  async function issueOf(papers: DayPaper[], most?: number): Promise<IssueContent> {
    const db = await open();
    await saveDay(db, day, papers);
    const context = letterContextFor(db, "2026-05-13T00:00:00.000Z");
    const maker = (await openIssue(context, [day], "2026-05-13T00:00:00.000Z"))!;
    const chosen = maker.chooseForStranger(most);
    const items = chosen.map((paper) => ({
      ...paper,
      words: maker.wordsOf(paper.pk),
      marks: marksOf(owner, day, paper.pk, baseUrl),
    }));
    return { facts: maker.facts, items, baseUrl, reader: readerOf(owner, day, baseUrl) };
  }

  test("both parts list the same papers, with title, summary, reason and link, and the way out above and below", async () => {
    const issue = await issueOf(papersOf("2026-05-12", 20));
    const letter = composeDigest(issue, address);
    expect(issue.items).toHaveLength(12);
    const linked = (text: string) => [
      ...new Set([...text.matchAll(/example\.org(\/papers\/\d[\w.]+)/g)].map((m) => m[1])),
    ];
    expect(linked(letter.text)).toEqual(issue.items.map((item) => `/papers/${item.words.id}`));
    expect(linked(letter.html)).toEqual(linked(letter.text));
    for (const part of [letter.text, letter.html]) {
      expect(part.split(new RegExp(`${unsubscribeUrl}(?!/)`))).toHaveLength(3);
      expect(part).toContain(`${unsubscribeUrl}/settings`);
      expect(part.match(/example\.org\/issues\/[\w.-]+/g)).toHaveLength(1);
      for (const item of issue.items)
        for (const act of ["more", "less", "save"] as const) expect(part).toContain(item.marks![act]);
      expect(part.indexOf(unsubscribeUrl)).toBeLessThan(part.indexOf("/papers/2605"));
      expect(part.lastIndexOf(unsubscribeUrl)).toBeGreaterThan(part.lastIndexOf("/papers/2605"));
      expect(part).toContain(`${baseUrl}/papers/date/2026-05-12`);
      expect(part.replaceAll(/<\/?bdi\s*>/g, "")).toContain("∵ 60 votes by 08:30 UTC");
      expect(part).toContain("8 more in the edition of the day");
      expect(part.replaceAll(/\s+/g, " ")).toContain("which counts.");
    }
    expect(letter.subject).toBe("Broadsheet, 12 May: Paper 1 of 2026-05-12 and 11 more");
    expect(letter.list).toEqual({ name: "Broadsheet", id: "daily.example.org", unsubscribeUrl });
    expect(composeDigest(issue, address)).toEqual(letter);
  });

  test("the text part fits a terminal, the HTML part loads nothing and stays small", async () => {
    const { text, html } = composeDigest(await issueOf(papersOf("2026-05-12", 50)), address);
    for (const line of text.split("\n"))
      if (!line.includes("https://")) expect([...line].length).toBeLessThanOrEqual(72);
    expect(html).not.toMatch(
      /<(script|img|link|iframe|object|form|svg|audio|video)\b|url\(|@import|src=|http:\/\//i,
    );
    expect([...html.matchAll(/href="([^"]*)"/g)].every((m) => m[1]!.startsWith(`${baseUrl}/`))).toBe(true);
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(html).toContain("color-scheme");
    expect(html.match(/<table/g)!.length).toBe(html.match(/<table role="presentation"/g)!.length);
    expect(Buffer.byteLength(html)).toBeLessThan(80 * 1024);
  });

  test("thirty papers with titles, summaries and authors of the usual length have room", async () => {
    const papers = papersOf(day, 40).map((paper) => ({
      ...paper,
      title: `Soohak ${paper.id}: a mathematician-curated benchmark for evaluating mathematics at the level of research`,
      abstract: `To support reliable evaluation, we introduce Soohak, ${"a benchmark of new problems ".repeat(5)}.`,
      authors: ["Guijin Son", "Seungone Kim", "Catherine Arnett", "Hyunwoo Ko"],
    }));
    const issue = await issueOf(papers, 30);
    expect(issue.items).toHaveLength(30);
    expect(Buffer.byteLength(composeDigest(issue, address).html)).toBeLessThan(80 * 1024);
  });

  test("hostile titles, authors and abstracts stay text, and the letter stays below 80 KB", async () => {
    const papers = hostile.map((title, i) => ({
      id: `2605.${String(i).padStart(5, "0")}`,
      title: title || "Untitled",
      abstract: `We introduce ${title}. It is.`,
      authors: [title || "Nobody", "B"],
      submitter: title,
      votes: 0,
    }));
    const issue = await issueOf(papers);
    const letter = composeDigest(issue, address);
    expect(letter.html).not.toMatch(/<(script|img)\b/i);
    expect(Buffer.byteLength(letter.html)).toBeLessThan(80 * 1024);
    const raw = buildMessage(letter).toString("latin1");
    const mail = await PostalMime.parse(raw);
    expect(mail.headers.map((h) => h.key)).not.toContain("bcc");
    expect(mail.to).toHaveLength(1);
    expect(raw).not.toMatch(/[^\r]\n/);
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    for (const item of issue.items) expect(mail.text).toContain(`/papers/${item.words.id}`);
    expect(mail.html).toContain(unsubscribeUrl);
  });

  test.skipIf(shared.missing)(
    "every hostile input as title, author and abstract stays text in both parts",
    async () => {
      const inputs = JSON.parse(shared.text()) as { area: string; input: string }[];
      const texts = inputs.filter(({ area }) => hostileAreas.has(area)).map(({ input }) => input);
      expect(texts.length).toBeGreaterThan(30);
      const papers = texts.map((title, i) => ({
        id: `2605.${String(i).padStart(5, "0")}`,
        title,
        abstract: `We introduce ${title}. It is.`,
        authors: [title.slice(0, 200) || "Nobody"],
        submitter: title,
      }));
      const { facts, baseUrl: url, reader, items } = await issueOf(papers, papers.length);
      expect(items.length).toBeGreaterThan(20);
      const letter = composeDigest({ facts, items, baseUrl: url, reader }, address);
      expect(letter.html).not.toMatch(
        /<(?!\/?(?:html|head|meta|title|style|body|div|table|tbody|tr|td|h1|h2|a|b|bdi|!doctype)\b)/i,
      );
      expect(
        [...letter.html.matchAll(/ (href|src|on\w+)="([^"]*)"/g)].every(
          (m) => m[1] === "href" && m[2]!.startsWith(`${url}/`),
        ),
      ).toBe(true);
      const raw = buildMessage(letter).toString("latin1");
      const mail = await PostalMime.parse(raw);
      expect(mail.headers.map((h) => h.key).filter((key) => /^(bcc|cc|x-|from|to)/.test(key))).toEqual([
        "from",
        "to",
      ]);
      expect(raw).not.toMatch(/[^\r]\n/);
      for (const item of items) expect(mail.text).toContain(`/papers/${item.words.id}`);
    },
  );

  test("one paper, and no votes", async () => {
    const letter = composeDigest(await issueOf([{ id: "2605.00001", title: "Alone" }]), address);
    expect(letter.subject).toBe("Broadsheet, 12 May: Alone");
    expect(letter.text).toContain("∵ submitted by Ada");
    expect(letter.text).toContain("1 paper  ");
    expect(letter.text).not.toContain(" more in the edition");
  });

  test("by hand: shown without writing, sent once to readers, a copy to others, nothing to who left", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    const left = await addConfirmedReader(db, "left@example.org");
    await endSubscription(db, left.token, { now: "2026-05-02T00:00:00.000Z" });
    const context = letterContextFor(db, "2026-05-20T09:00:00.000Z");
    const shown = await previewIssue(context, "2026-05-12", "ada@example.org");
    expect(shown).toMatchObject({ readers: 1, paperIds: ["2605.12000", "2605.12001", "2605.12002"] });
    expect(shown.letter.text).toContain("/u/");
    expect((await previewIssue(context, "2026-05-12")).letter.text).not.toContain("/u/");
    expect(await db.selectFrom("deliveries").selectAll().execute()).toEqual([]);
    const copy = await sendIssueByHand(context, "2026-05-12", { to: "stranger@example.org" });
    expect(copy).toMatchObject({ sent: 1, testCopy: true });
    expect(context.mailer.letters[0]).toMatchObject({
      to: "stranger@example.org",
      text: expect.stringContaining("test copy"),
    });
    expect(context.mailer.letters[0]!.list).toBeUndefined();
    await expect(sendIssueByHand(context, "2026-05-12", { to: "left@example.org" })).rejects.toThrow(
      /unsubscribed/,
    );
    await expect(sendIssueByHand(context, "2026-05-12", { to: "a@b" })).rejects.toThrow(/not an address/);
    await expect(sendIssueByHand(context, "2026-05-10", {})).rejects.toThrow(/no edition of 2026-05-10/);
    expect(await sendIssueByHand(context, "2026-05-12", { to: "ada@example.org" })).toMatchObject({
      sent: 1,
      testCopy: false,
    });
    expect(await sendIssueByHand(context, "2026-05-12", { to: "ada@example.org" })).toMatchObject({
      sent: 0,
      alreadyHad: true,
    });
    await addConfirmedReader(db, "grace@example.org");
    expect(await sendIssueByHand(context, "2026-05-12", {})).toMatchObject({ sent: 1 });
    expect(context.mailer.letters.map((letter) => letter.to)).toEqual([
      "stranger@example.org",
      "ada@example.org",
      "grace@example.org",
    ]);
  });
});

describe("the confirmation letter", () => {
  test("names sender, hour and zone, holds the link once a part, promotes nothing", () => {
    const clock = { zone: "Europe/Berlin", send_at: "08:40", weekdays: "1234567", rhythm: "daily" };
    const letter = composeConfirmation(clock, "C".repeat(32), { ...address, baseUrl });
    expect(letter.list).toBeUndefined();
    expect(letter.text).toContain(`\n${baseUrl}/confirm/${"C".repeat(32)}\n`);
    expect(letter.html).toContain(`href="${baseUrl}/confirm/${"C".repeat(32)}"`);
    for (const part of [letter.text, letter.html]) {
      expect(part.replaceAll(/\s+/g, " ")).toContain("every day at 08:40 (Europe/Berlin)");
      expect(part).toContain(`Broadsheet at ${baseUrl}`);
      expect(part).not.toContain("/papers");
    }
    expect(letter.text.split("\n").every((line) => line.length <= 72)).toBe(true);
  });
});

describe("words", () => {
  test("the name of a title is what stands before its first colon, when that is short", () => {
    expect(splitTitle("Soohak: A Benchmark: Two")).toEqual({ name: "Soohak:", rest: "A Benchmark: Two" });
    expect(splitTitle("Ratio 1:2 in Maps")).toEqual({ name: "Ratio 1:2 in Maps", rest: "" });
    expect(splitTitle(`${"long ".repeat(20)}: x`).rest).toBe("");
  });

  test("the subject of nothing still is a subject", () => {
    expect(subjectOf({ day }, [])).toBe("Broadsheet, 12 May: nothing new");
  });

  test("lines break at blanks, addresses never", () => {
    const url = `https://example.org/${"x".repeat(90)}`;
    expect(wrapText(`Go to ${url} now`, { indent: "  " })).toBe(`  Go to\n  ${url}\n  now`);
    expect(wrapText("  ")).toBe("");
    expect(spread("a", "b")).toHaveLength(72);
    expect(spread("a".repeat(40), "b".repeat(40))).toBe(`${"a".repeat(40)}\n${"b".repeat(40)}`);
  });
});
