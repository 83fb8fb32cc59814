// Sends letters by an SMTP server (RFC 5321): pooled connections, one recipient a message, every failure told apart.
import { type Duplex, Readable } from "node:stream";
import type { createTransport } from "nodemailer";
import { type DkimSettings, openDkim } from "./dkim.ts";
import type { Letter } from "./letter.ts";
import type { Mailer, SendResult, VerifyResult } from "./mailer.ts";
import { buildMessage } from "./message.ts";
import { parseSmtpUrl, type SmtpServer } from "./smtp-url.ts";

/** Connections at a time; also how many letters a sender may usefully hand over at once. */
const maxConnections = 5;

const timeouts = {
  connectionTimeout: 30_000,
  greetingTimeout: 30_000,
  /** Well below the age at which another process takes over a claimed letter. */
  socketTimeout: 120_000,
};

export function openSmtpMailer(url: string, dkim: DkimSettings | null = null): Mailer {
  const signer = dkim && openDkim(dkim);
  const server = parseSmtpUrl(url);
  // Read with the first letter: the library is large, and on many days there is none to send.
  let opened: Promise<PooledTransport> | null = null;
  const open = () => {
    opened ??= openTransport(server);
    return opened;
  };
  return {
    kind: "smtp",
    async send(letter: Letter): Promise<SendResult> {
      try {
        const message = buildMessage(letter);
        await handOver(await open(), letter, signer ? await signer.sign(message) : message);
        return { ok: true };
      } catch (error) {
        const reason = describe(error, server);
        return { ok: false, permanent: isPermanent(error), reason, ...refusalIn(error) };
      }
    },
    async verify(): Promise<VerifyResult> {
      try {
        await (await open()).verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: describe(error, server) };
      }
    },
    async [Symbol.asyncDispose]() {
      (await opened)?.close();
    },
  };
}

async function openTransport({ ca, ...connection }: SmtpServer): Promise<PooledTransport> {
  const { createTransport } = await import("nodemailer");
  return createTransport({
    ...connection,
    ...timeouts,
    pool: true,
    maxConnections,
    maxMessages: 1_000,
    // A repeat is ours to decide: after a lost connection the letter may already be out.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ca ? { tls: { ca } } : {}),
  });
}

/** Past the library's composer, whose streams would read through the message three times more. */
function handOver(
  transport: Pick<PooledTransport, "transporter">,
  letter: Letter,
  message: Buffer,
): Promise<void> {
  const envelope = { from: letter.returnPath ?? letter.from.address, to: [letter.to] };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const mail = {
    data: {},
    message: {
      getEnvelope: () => envelope,
      messageId: () => letter.messageId,
      getHeader: () => letter.messageId,
      createReadStream: () => new WholeMessage(message),
    },
  };
  transport.transporter.send(mail as never, (error) => (error ? reject(error) : resolve()));
  return promise;
}

/**
 * A message that goes into the library's stream of a letter's data past its search for bare line ends and dots, byte by byte, and
 * with its end in one piece: ours has CRLF only, and few lines that begin with a dot, which are doubled here (RFC 5321 §4.5.2).
 */
class WholeMessage extends Readable {
  private readonly message: Buffer;

  constructor(message: Buffer) {
    super({ read() {} });
    this.message = Buffer.concat([doubleDots(message), endOfData]);
  }

  override pipe<T extends NodeJS.WritableStream>(data: T): T {
    // Else the library would take a message whose connection was lost for one that nobody has seen, and send it again.
    Object.defineProperty(this, "readableDidRead", { value: true });
    const stream = data as unknown as Duplex;
    stream.push(this.message);
    stream.push(null);
    return data;
  }
}

/** After a message that ends its last line. */
const endOfData = Buffer.from(".\r\n");

function doubleDots(message: Buffer): Buffer {
  if (!message.includes("\n.")) return message;
  return Buffer.from(message.toString("latin1").replaceAll("\n.", "\n.."), "latin1");
}

type PooledTransport = ReturnType<typeof createTransport>;

interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/**
 * Only an answer of 5xx to the recipient or to the message is about this letter. A refused greeting, password or sender
 * is our own trouble, which the owner can mend: the letters wait.
 */
function isPermanent(error: unknown): boolean {
  const { command, responseCode } = error as SmtpError;
  return (responseCode ?? 0) >= 500 && (command === "RCPT TO" || command === "DATA");
}

/** Permanent answers only: what they say of the reader is worked out from them. */
function refusalIn(error: unknown): Pick<Extract<SendResult, { ok: false }>, "refusal"> {
  const { command, response } = error as SmtpError;
  if (!response || !isPermanent(error)) return {};
  return { refusal: { reply: response.slice(0, 2_000), atRecipient: command === "RCPT TO" } };
}

/** What happened, in one line, without the password however the server may have echoed it. */
function describe(error: unknown, server: SmtpServer): string {
  const { message, command } = error as SmtpError;
  let text = `${command && command !== "CONN" ? `${command}: ` : ""}${message}`
    .replace(/\s+/g, " ")
    .slice(0, 500);
  for (const secret of secretsOf(server)) text = text.replaceAll(secret, "…");
  return text;
}

function secretsOf({ auth }: SmtpServer): string[] {
  if (!auth?.pass) return [];
  const encode = (value: string) => Buffer.from(value).toString("base64");
  return [
    auth.pass,
    encodeURIComponent(auth.pass),
    encode(auth.pass),
    encode(`\0${auth.user}\0${auth.pass}`),
  ];
}
