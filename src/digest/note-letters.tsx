// The letters beside the digest: the confirmation of the double opt-in, and "you are already subscribed". Neutral, no papers.
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { composeNote, type NoteAddress } from "../mail/note-letter.tsx";
import { confirmationDays } from "./subscribe.ts";
import { formatWhen } from "./wishes.ts";

type When = Parameters<typeof formatWhen>[0];

export function composeConfirmation(reader: When, token: string, address: NoteAddress): Letter {
  const when = formatWhen(reader);
  return composeNote(address, {
    subject: "Please confirm: the daily letter from Broadsheet",
    before: [
      `Somebody, we hope you, asked for the Broadsheet letter to come to this address ${when}.`,
      `If it was you, open this page and press the button. The link is good for ${confirmationDays} days.`,
    ],
    link: { url: `${address.baseUrl}${links.confirm(token)}`, label: "Confirm the letter" },
    after: [
      "If it was not you, do nothing. No letter will come, and the address is forgotten after 30 days.",
      `Sent by the Broadsheet at ${address.baseUrl}`,
    ],
  });
}

export function composeAlreadySubscribed(reader: When & { token: string }, address: NoteAddress): Letter {
  return composeNote(address, {
    subject: "You already get the daily letter from Broadsheet",
    before: [
      `Somebody asked again for the Broadsheet letter to come to this address. It already does, ${formatWhen(reader)}; nothing has changed.`,
      "Here you can change its hour, its days and what is in it, have a pause, or stop it:",
    ],
    link: { url: `${address.baseUrl}${links.letterSettings(reader.token)}`, label: "Change the letter" },
    after: [`Sent by the Broadsheet at ${address.baseUrl}`],
  });
}
