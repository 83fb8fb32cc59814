// The letters of accounts: the link to sign in, the invitation.
import type { Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { composeNote, type NoteAddress } from "../mail/note-letter.tsx";
import type { AccountLetter } from "./account-letters-store.ts";
import { invitationDays } from "./invitations.ts";
import { linkMinutes } from "./sign-in.ts";

export interface LetterFrame {
  mailFrom: string;
  baseUrl: string;
}

interface Payload {
  token: string;
  role?: string;
  by?: string | null;
}

/** The letter of a row that waits. */
export function composeAccountLetter(row: AccountLetter, { mailFrom, baseUrl }: LetterFrame): Letter {
  const payload = JSON.parse(row.payload) as Payload;
  const createdAt: Instant = row.created_at;
  const address = { to: row.address, mailFrom, messageId: row.message_id, createdAt, baseUrl };
  return row.kind === "invitation" ? invitationLetter(payload, address) : signInLetter(payload, address);
}

function signInLetter({ token }: Payload, address: NoteAddress): Letter {
  return composeNote(address, {
    subject: "Your link to sign in to Broadsheet",
    before: [
      "Somebody, we hope you, asked to sign in to Broadsheet with this address.",
      `If it was you, open this page in the browser where you asked, and press the button. The link works once, within ${linkMinutes} minutes.`,
    ],
    link: { url: `${address.baseUrl}${links.signInLink(token)}`, label: "Sign in" },
    after: [
      "If it was not you, do nothing: without your press nobody is signed in.",
      `Sent by the Broadsheet at ${address.baseUrl}`,
    ],
  });
}

function invitationLetter({ token, role = "reader", by }: Payload, address: NoteAddress): Letter {
  const who = by ?? "The owner";
  return composeNote(address, {
    subject: "You are invited to Broadsheet",
    before: [
      `${who} invites you to Broadsheet, the daily of research papers, as ${role === "reader" ? "a reader" : `an ${role}`}.`,
      `Open this page and press the button to have an account with this address. The link works once, within ${invitationDays} days.`,
    ],
    link: { url: `${address.baseUrl}${links.invitation(token)}`, label: "Take the invitation" },
    after: ["If you do not want it, do nothing.", `Sent by the Broadsheet at ${address.baseUrl}`],
  });
}
