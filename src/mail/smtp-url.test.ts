import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatError } from "../lib/errors.ts";
import { parseSmtpUrl } from "./smtp-url.ts";

describe("parseSmtpUrl", () => {
  test("submission with STARTTLS when offered", () => {
    expect(parseSmtpUrl("smtp://mail.example.org")).toEqual({
      host: "mail.example.org",
      port: 587,
      secure: false,
      requireTLS: false,
      ignoreTLS: false,
    });
  });

  test("a password makes TLS required, except on this machine", () => {
    expect(parseSmtpUrl("smtp://ada:p%40ss@mail.example.org:2525")).toMatchObject({
      port: 2525,
      requireTLS: true,
      auth: { user: "ada", pass: "p@ss" },
    });
    expect(parseSmtpUrl("smtp://ada:x@127.0.0.1:25").requireTLS).toBe(false);
    expect(parseSmtpUrl("smtp://ada:x@[::1]:25")).toMatchObject({ host: "::1", requireTLS: false });
    expect(parseSmtpUrl("smtp://ada:x@mail.example.org?tls=none")).toMatchObject({
      requireTLS: false,
      ignoreTLS: true,
    });
    expect(parseSmtpUrl("smtp://mail.example.org?tls=required").requireTLS).toBe(true);
  });

  test("TLS from the first byte", () => {
    expect(parseSmtpUrl("smtps://mail.example.org")).toMatchObject({
      port: 465,
      secure: true,
      requireTLS: false,
    });
    expect(parseSmtpUrl("smtp://mail.example.org:465").secure).toBe(true);
  });

  test("a certificate of one's own", () => {
    const folder = mkdtempSync(join(tmpdir(), "broadsheet-ca-"));
    writeFileSync(join(folder, "ca.pem"), "PEM");
    expect(parseSmtpUrl(`smtps://m.example?ca=${encodeURIComponent(join(folder, "ca.pem"))}`).ca).toBe("PEM");
    expect(() => parseSmtpUrl(`smtps://m.example?ca=${join(folder, "none.pem")}`)).toThrow(/ENOENT/);
    rmSync(folder, { recursive: true });
  });

  test.each([
    "mail.example.org",
    "http://ada:secret@mail.example.org",
    "smtp://ada:secret@",
    "smtp://ada:sec%ret@mail.example.org",
    "smtp://ada:secret@mail.example.org?pool=false",
    "smtp://ada:secret@mail.example.org?tls=maybe",
  ])("%s is refused without showing the password", (url) => {
    let message = "";
    try {
      parseSmtpUrl(url);
    } catch (error) {
      message = formatError(error);
    }
    expect(message).toContain("BROADSHEET_SMTP_URL");
    expect(message).toContain("docs/configuration.md");
    expect(message).not.toContain("secret");
    expect(message).not.toContain("sec%ret");
  });
});
