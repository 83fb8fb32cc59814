// Tries the mail server step by step, sends nothing, and tells at which step it went wrong.
import type { TLSSocket } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailCheck } from "./check-mail.ts";
import { parseSmtpUrl, type SmtpServer } from "./smtp-url.ts";

const waitMs = 15_000;

/** Connection, greeting and EHLO, TLS and certificate, signing in. */
export async function checkRelay(smtpUrl: string): Promise<MailCheck> {
  const { ca, ...server } = parseSmtpUrl(smtpUrl);
  const connection = new SMTPConnection({
    ...server,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    ...(ca ? { tls: { ca } } : {}),
  });
  const name = "mail server";
  const place = `${server.host}:${server.port}`;
  try {
    await step(connection, (done) => connection.connect(done));
    const told = [`${place} answers`, tellTls(connection, server)];
    if (server.auth) {
      const { user, pass } = server.auth;
      await step(connection, (done) => connection.login({ user, credentials: { user, pass } }, done));
      told.push(`signed in as ${user}`);
    }
    connection.quit();
    const open = !connection.secure && !isHere(server.host);
    const remedy = "Use smtps:// or STARTTLS: without TLS everybody on the way can read the letters.";
    return { name, state: open ? "warning" : "ok", message: told.join(", "), ...(open ? { remedy } : {}) };
  } catch (error) {
    connection.close();
    return { name, state: "failed", ...explain(error as Error & { code?: string }, place, server) };
  }
}

function step(
  connection: SMTPConnection,
  run: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once("error", reject);
    run((error) => {
      connection.removeListener("error", reject);
      // What comes after is the end of a connection that nobody needs any more.
      connection.on("error", () => {});
      if (error) reject(error);
      else resolve();
    });
  });
}

function tellTls(connection: SMTPConnection, { host }: SmtpServer): string {
  if (!connection.secure) return isHere(host) ? "without TLS, on this machine" : "without TLS";
  const socket = (connection as unknown as { _socket: TLSSocket })._socket;
  const certificate = socket.getPeerCertificate();
  const until = certificate.valid_to
    ? ` until ${new Date(certificate.valid_to).toISOString().slice(0, 10)}`
    : "";
  return `${socket.getProtocol() ?? "TLS"}, certificate good${until}`;
}

export function isHere(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function explain({ code, message }: Error & { code?: string }, place: string, server: SmtpServer) {
  const secret = server.auth?.pass;
  const said = (secret ? message.replaceAll(secret, "…") : message).replace(/\s+/g, " ").slice(0, 300);
  if (code === "EAUTH")
    return {
      message: `${place} refuses to sign in: ${said}`,
      remedy: "Check user and password in BROADSHEET_SMTP_URL.",
    };
  if (code === "ETLS" || /certificate|tls|ssl/i.test(said)) {
    const remedy =
      "Use the name that the certificate is for, or trust it by ?ca=FILE in BROADSHEET_SMTP_URL.";
    return { message: `no TLS with ${place}: ${said}`, remedy };
  }
  return {
    message: `${place} does not answer: ${said}`,
    remedy: "Check host and port in BROADSHEET_SMTP_URL.",
  };
}
