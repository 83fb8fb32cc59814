// A real SMTP server on loopback that keeps what it is given and refuses on demand.
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMessage {
  from: string;
  recipients: string[];
  raw: Buffer;
  /** Whether it came over TLS. */
  secure: boolean;
}

export interface MailSink extends AsyncDisposable {
  /** smtp://127.0.0.1:PORT */
  url: string;
  port: number;
  messages: ReceivedMessage[];
}

export interface MailSinkOptions {
  /** A status code to refuse this recipient with, or undefined to take it. */
  refuseRecipient?: (address: string) => number | undefined;
  /** A status code to refuse a whole message with after its data. */
  refuseMessage?: (address: string) => number | undefined;
  /** Called once the data is in, before it is accepted; may wait. */
  beforeAccept?: (message: ReceivedMessage) => Promise<void> | void;
  smtp?: SMTPServerOptions;
}

export async function startMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const messages: ReceivedMessage[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(address, _session, done) {
      done(refusal(options.refuseRecipient?.(address.address)));
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk as Buffer);
      } catch {
        return; // the sender was killed in the middle
      }
      const recipients = session.envelope.rcptTo.map((r) => r.address);
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
      const message = { from, recipients, raw: Buffer.concat(chunks), secure: session.secure };
      await options.beforeAccept?.(message);
      const code = options.refuseMessage?.(recipients[0] ?? "");
      if (code === undefined) messages.push(message);
      done(refusal(code));
    },
    ...options.smtp,
  });
  server.on("error", () => {}); // clients that are killed reset their connections
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    messages,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function refusal(code: number | undefined): Error | null {
  return code === undefined ? null : Object.assign(new Error(`refused with ${code}`), { responseCode: code });
}
