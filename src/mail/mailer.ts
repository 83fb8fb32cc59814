// The room's door: one face for sending a letter, by an SMTP server or into a folder.
import type { DkimSettings } from "./dkim.ts";
import type { Letter } from "./letter.ts";
import { openLetterFolder } from "./letter-folder.ts";
import { openSmtpMailer } from "./smtp-mailer.ts";

/** Permanent: this reader's server will never take it. Temporary: try again later. */
export type SendResult =
  | { ok: true }
  | {
      ok: false;
      permanent: boolean;
      reason: string;
      /** The server's answer to this recipient or this message, where there was one. */
      refusal?: { reply: string; atRecipient: boolean };
    };

export type VerifyResult = { ok: true } | { ok: false; reason: string };

export interface Mailer extends AsyncDisposable {
  kind: "smtp" | "folder";
  /** Never throws: what can go wrong is a value. Harmless twice only for the reader who can tell repeats by Message-ID. */
  send(letter: Letter): Promise<SendResult>;
  /** Can letters leave? Connects and signs in, sends nothing. */
  verify(): Promise<VerifyResult>;
}

export interface MailSettings {
  /** smtp://user:password@host:port or smtps://…; null: letters are kept in the folder. */
  smtpUrl: string | null;
  /** Null or absent: the mail server signs, or nobody does. */
  dkim?: DkimSettings | null;
}

/** Connects lazily. Throws AppError "bad-setting" for an address it cannot read. */
export function openMailer(settings: MailSettings, options: { folder: string }): Mailer {
  return settings.smtpUrl === null
    ? openLetterFolder(options.folder)
    : openSmtpMailer(settings.smtpUrl, settings.dkim);
}
