import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { classifyReply, findReplyCode, findStatus, type ReplyClass } from "./classify-reply.ts";
import { parseDeliveryStatus } from "./delivery-status.ts";
import { gravestClass, parseReturnedMail } from "./returned-mail.ts";

const parse = (lines: string[]) => parseReturnedMail(Buffer.from(lines.join("\r\n")));

describe("real messages", () => {
  const folder = join(process.env.BROADSHEET_SHARED ?? "../shared", "fixtures/mail");
  const present = existsSync(join(folder, "labels.tsv"));
  if (!present) console.warn(`NOT RUN: real bounces and complaints, ${folder} is missing`);
  const labels = present
    ? readFileSync(join(folder, "labels.tsv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split("\t") as [string, string])
    : [];

  test.skipIf(!present)("each is what a person says it is", async () => {
    expect(labels.length).toBeGreaterThanOrEqual(45);
    const told = await Promise.all(
      labels.map(async ([file]) => {
        const mail = await parseReturnedMail(readFileSync(join(folder, file)));
        return [file, gravestClass(mail) ?? mail.kind];
      }),
    );
    expect(told).toEqual(labels.map(([file, label]) => [file, label]));
  });
});

describe("classifyReply", () => {
  test.each<[ReplyClass, string, string | null]>([
    ["hard", "550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown", "5.1.1"],
    ["hard", "550 Requested action not taken: mailbox unavailable", null],
    ["hard", "550 refused with 550", null],
    ["hard", "554 delivery error: dd This user doesn't have a yahoo.com account", null],
    ["hard", "550 5.1.1 The email account that you tried to reach does not exist", null],
    ["hard", "Host or domain name not found. Name service error", "5.4.4"],
    ["soft", "450 4.1.1 Recipient address rejected: unverified address: user unknown", null],
    ["soft", "451 4.7.1 Greylisting in action, please come back later", "4.7.1"],
    ["soft", "552 5.2.2 The email account that you tried to reach is over quota", "5.2.2"],
    ["soft", "552 Requested mail action aborted: exceeded storage allocation", null],
    ["soft", "554 5.3.0 unknown mailer error 2", "5.3.0"],
    ["soft", "connection timed out", "4.4.1"],
    ["soft", "", null],
    ["blocked", "550 5.7.1 Our system has detected that this message is likely unsolicited mail", null],
    ["blocked", "550 5.7.26 This mail is unauthenticated, SPF did not pass", null],
    ["blocked", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org", null],
    ["blocked", "553 5.1.8 Sender address rejected: Domain not found", null],
    ["blocked", "550 Sender address rejected: user unknown in virtual mailbox table", null],
    ["blocked", "554 5.7.1 <x@example.org>: Relay access denied", null],
    ["blocked", "552 5.3.4 Message size exceeds fixed limit", null],
    ["blocked", "550 5.7.515 Access denied, sending domain does not meet the required level", null],
  ])("%s: %s (%s)", (expected, text, status) => {
    expect(classifyReply({ status, text })).toBe(expected);
  });

  test("what people have named their mailboxes says nothing", () => {
    for (const address of ["user-unknown@example.org", "spam@blocked.test", "mailbox-full@example.org"])
      expect(classifyReply({ status: null, text: `421 4.3.2 <${address}> try again` })).toBe("soft");
    expect(classifyReply({ status: "5.3.0", text: "smtp; 554 spam-blocked@example.org failed" })).toBe(
      "soft",
    );
  });

  test("a refusal at RCPT TO without more is about the recipient", () => {
    expect(classifyReply({ status: null, text: "554 no", atRecipient: true })).toBe("hard");
    expect(classifyReply({ status: null, text: "554 no" })).toBe("soft");
  });

  test("codes are told from other numbers", () => {
    expect(findReplyCode("host mx [192.0.2.153]: 550 5.1.1 no")).toBe(550);
    expect(findReplyCode("on 10.450 at 5500")).toBeNull();
    expect(findStatus("from 5.1.1.7 said 5.2.1 no")).toBe("5.2.1");
    expect(findStatus("version 15.0.918.8 and 4.5.6.7")).toBeNull();
  });

  test("whatever is said has a class, in time", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000 }), fc.boolean(), (text, atRecipient) => {
        expect(["hard", "soft", "blocked"]).toContain(classifyReply({ status: null, text, atRecipient }));
      }),
    );
    const long = `${"user ".repeat(2_000)}${"recipient address ".repeat(2_000)}`;
    expect(classifyReply({ status: null, text: long })).toBe("soft");
  });
});

describe("reports", () => {
  test("fields are unfolded, several recipients told apart, delivered ones passed over", async () => {
    const statuses = parseDeliveryStatus(
      [
        "Reporting-MTA: dns; mx.example.org",
        "",
        "Original-Recipient: rfc822;Ada@example.org",
        "Final-Recipient: rfc822; <ada@inner.example.org>",
        "Action: FAILED (permanent)",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 no",
        "  such user",
        "",
        "Final-Recipient: rfc822; grace@example.org",
        "Action: delivered",
        "Status: 2.0.0",
      ].join("\r\n"),
    );
    expect(statuses).toEqual([
      {
        addresses: ["Ada@example.org", "ada@inner.example.org"],
        action: "failed",
        status: "5.1.1",
        diagnostic: "550 no such user",
      },
      { addresses: ["grace@example.org"], action: "delivered", status: "2.0.0", diagnostic: null },
    ]);
  });

  test("a success notice asks for nothing", async () => {
    const mail = await parse([
      "From: mailer-daemon@example.org",
      "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
      "",
      "--x",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example.org",
      "",
      "Final-Recipient: rfc822; ada@example.org",
      "Action: relayed",
      "Status: 2.1.9",
      "--x--",
    ]);
    expect([mail.kind, gravestClass(mail)]).toEqual(["bounce", null]);
  });

  const feedback = (type: string) => [
    "From: fbl@example.org",
    "To: bounces+1.0123456789abcdef0123@example.org",
    "Content-Type: multipart/report; report-type=feedback-report; boundary=x",
    "",
    "--x",
    "Content-Type: message/feedback-report",
    "",
    `Feedback-Type: ${type}`,
    "Original-Mail-From: <bounces+2.0123456789abcdef0123@example.org>",
    "--x",
    "Content-Type: message/rfc822",
    "",
    "Return-Path: <bounces+3.0123456789abcdef0123@example.org>",
    "Message-ID:",
    " <2026-05-12.abc@example.org>",
    "Subject: x",
    "--x--",
  ];

  test("a complaint names the letter where it can: arrival, envelope sender, Message-ID", async () => {
    const mail = await parse(feedback("abuse"));
    expect(gravestClass(mail)).toBe("complaint");
    expect(mail.returnPaths.map((path) => path.slice(0, 9))).toEqual(["bounces+1", "bounces+2", "bounces+3"]);
    expect(mail.messageIds).toEqual(["<2026-05-12.abc@example.org>"]);
  });

  test("a complaint taken back is none, a failed signature is ours", async () => {
    expect(gravestClass(await parse(feedback("not-spam")))).toBeNull();
    expect(gravestClass(await parse(feedback("auth-failure")))).toBe("blocked");
  });

  test("our own letter, a vacation and a person's answer that quotes codes are no bounces", async () => {
    const body = ["", "550 5.1.1 is what it said"];
    expect((await parse(["From: a@example.org", "Auto-Submitted: auto-generated", ...body])).kind).toBe(
      "auto-reply",
    );
    expect((await parse(["From: a@example.org", "Subject: Out of office: x", ...body])).kind).toBe(
      "auto-reply",
    );
    expect((await parse(["From: a@example.org", "Subject: Re: your letter", ...body])).kind).toBe("none");
  });

  test("whatever arrives is read without an error", async () => {
    const junk = fc.uint8Array({ maxLength: 2_000 });
    const pieces = fc.array(
      fc.constantFrom(
        "Content-Type: multipart/report; boundary=x\r\n",
        "\r\n",
        "--x\r\n",
        "--x--",
        "Content-Type: message/delivery-status\r\n",
        "Content-Type: message/rfc822\r\n",
        "Final-Recipient: ;\r\n",
        "Action: failed\r\n",
        "Feedback-Type:\r\n",
        "From: mailer-daemon@x\r\n",
        "550 ",
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(junk, pieces, async (bytes, parts) => {
        await parseReturnedMail(bytes);
        await parseReturnedMail(Buffer.from(parts.join("")));
      }),
      { numRuns: 60 },
    );
  });
});
