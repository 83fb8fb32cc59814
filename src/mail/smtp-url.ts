// Reads the one setting that names a mail server. No password ever gets into an error or a log.
import { readFileSync } from "node:fs";
import { AppError } from "../lib/errors.ts";

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS when offered. */
  secure: boolean;
  /** STARTTLS must succeed. */
  requireTLS: boolean;
  /** Never TLS. */
  ignoreTLS: boolean;
  /** Additional trusted certificate, PEM. */
  ca?: string;
  auth?: { user: string; pass: string };
}

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * smtp://user:password@host:port?tls=required|none&ca=FILE, or smtps://… for TLS from the start. User and password are
 * percent-encoded. A password is never sent in the clear to another machine: with one, TLS is required unless tls=none.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname || !["smtp:", "smtps:"].includes(url.protocol))
    throw settingError("is not an smtp(s)://host address");
  const tls = url.searchParams.get("tls");
  for (const name of url.searchParams.keys()) {
    if (name !== "tls" && name !== "ca") throw settingError(`has an unknown option "${name}"`);
  }
  if (tls !== null && tls !== "required" && tls !== "none")
    throw settingError("takes tls=required or tls=none");
  const secure = url.protocol === "smtps:" || url.port === "465";
  const auth = readAuth(url);
  const guarded = auth !== undefined && !loopbackHosts.has(url.hostname);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && (tls === "required" || (tls === null && guarded)),
    ignoreTLS: tls === "none",
    ...(auth ? { auth } : {}),
    ...readCertificate(url.searchParams.get("ca")),
  };
}

function readAuth(url: URL): SmtpServer["auth"] {
  if (!url.username) return undefined;
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  } catch {
    throw settingError("holds a user or password that is not percent-encoded (% as %25, @ as %40)");
  }
}

function readCertificate(path: string | null): { ca?: string } {
  if (path === null) return {};
  try {
    return { ca: readFileSync(path, "utf8") };
  } catch (error) {
    throw settingError(
      `names a certificate that cannot be read (${path}: ${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** The address itself is left out: it may hold a password. */
function settingError(what: string): AppError {
  return new AppError("bad-setting", `BROADSHEET_SMTP_URL ${what}.`, {
    remedy: "It looks like smtps://user:password@mail.example.org, see docs/configuration.md.",
  });
}
