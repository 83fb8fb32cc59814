// The settings of mail: how letters leave, how fast, and where what comes back comes in. Read by src/config.ts.
import { resolve } from "node:path";
import { z } from "zod";
import type { DkimSettings } from "./dkim.ts";

/** Its local part gets 33 characters more for each letter (digest/verp.ts), and 64 is all it may have. */
const bounceAddress = z
  .email()
  .refine((address) => address.lastIndexOf("@") <= 30, "the part before the @ may have 30 characters");

/** Letters in a stretch of time. */
const rate = z.coerce.number().int().min(1).max(1_000_000);

export const mailSettings = {
  BROADSHEET_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  BROADSHEET_MAIL_FROM: z.email().optional(),
  BROADSHEET_DKIM_KEY: z.string().min(1).optional(),
  BROADSHEET_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, "a selector is one name of letters, digits and hyphens")
    .default("broadsheet"),
  BROADSHEET_BOUNCE_ADDRESS: bounceAddress.optional(),
  BROADSHEET_BOUNCE_MAILDIR: z.string().min(1).optional(),
  BROADSHEET_BOUNCE_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, "a secret is 16 to 200 printable ASCII characters without blanks")
    .optional(),
  BROADSHEET_MAIL_PER_SECOND: rate.optional(),
  BROADSHEET_MAIL_PER_HOUR: rate.optional(),
};

/** What the settings come to. */
export interface MailConfig {
  smtpUrl: string | null;
  /** Address letters come from. */
  mailFrom: string;
  /** The key that letters are signed with; null: the mail server signs, or nobody does. */
  dkim: DkimSettings | null;
  returns: ReturnsConfig;
  mailRates: MailRates;
}

/** Where mail that comes back comes in. */
export interface ReturnsConfig {
  /** Envelope senders are made from it, one a letter; null: the address of From. */
  bounceAddress: string | null;
  /** A Maildir that is read; null: none is. */
  maildir: string | null;
  /** What opens the door for returned mail; null: it is shut. */
  secret: string | null;
}

/** How many letters may leave; null: as many as the mail server takes. */
export interface MailRates {
  perSecond: number | null;
  perHour: number | null;
}

const schema = z.object(mailSettings);

/** `host`: the name in the public address, or "localhost"; letters come from there unless an address is set. */
export function readMailConfig(s: z.infer<typeof schema>, host: string): MailConfig {
  const mailFrom = s.BROADSHEET_MAIL_FROM ?? `broadsheet@${host}`;
  const { BROADSHEET_DKIM_KEY: keyFile, BROADSHEET_BOUNCE_MAILDIR: maildir } = s;
  const domain = mailFrom.slice(mailFrom.lastIndexOf("@") + 1);
  return {
    smtpUrl: s.BROADSHEET_SMTP_URL ?? null,
    mailFrom,
    dkim: keyFile ? { keyFile: resolve(keyFile), selector: s.BROADSHEET_DKIM_SELECTOR, domain } : null,
    returns: {
      bounceAddress: s.BROADSHEET_BOUNCE_ADDRESS ?? null,
      maildir: maildir ? resolve(maildir) : null,
      secret: s.BROADSHEET_BOUNCE_SECRET ?? null,
    },
    mailRates: {
      perSecond: s.BROADSHEET_MAIL_PER_SECOND ?? null,
      perHour: s.BROADSHEET_MAIL_PER_HOUR ?? null,
    },
  };
}
