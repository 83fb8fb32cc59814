// The letters beside the digest: the confirmation of the double opt-in, and "you are already subscribed". Neutral, no papers.
import type { Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { dim, ink, LetterShell, sans, serif } from "./letter-shell.tsx";
import { wrapText } from "./plain-part.ts";
import { confirmationDays } from "./subscribe.ts";

export interface NoteAddress {
  to: string;
  mailFrom: string;
  messageId: string;
  createdAt: Instant;
  baseUrl: string;
}

interface Note {
  subject: string;
  /** Paragraphs before the link. */
  before: string[];
  link: { url: string; label: string };
  after: string[];
}

export function composeConfirmation(
  reader: { zone: string; send_at: string },
  token: string,
  address: NoteAddress,
): Letter {
  const when = `every day at ${reader.send_at} (${reader.zone})`;
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

export function composeAlreadySubscribed(
  reader: { zone: string; send_at: string; token: string },
  address: NoteAddress,
): Letter {
  return composeNote(address, {
    subject: "You already get the daily letter from Broadsheet",
    before: [
      `Somebody asked again for the Broadsheet letter to come to this address. It already does, every day at ${reader.send_at} (${reader.zone}); nothing has changed.`,
      "To have it at another hour, stop it here and subscribe again:",
    ],
    link: { url: `${address.baseUrl}${links.unsubscribe(reader.token)}`, label: "Stop the letter" },
    after: [`Sent by the Broadsheet at ${address.baseUrl}`],
  });
}

function composeNote(address: NoteAddress, note: Note): Letter {
  return {
    to: address.to,
    from: { name: "Broadsheet", address: address.mailFrom },
    subject: note.subject,
    text: renderNoteText(note),
    html: renderNoteHtml(note, address.baseUrl),
    messageId: address.messageId,
    date: new Date(address.createdAt),
  };
}

function renderNoteText({ before, link, after }: Note): string {
  const paragraphs = [
    ...before.map((text) => wrapText(text)),
    link.url,
    ...after.map((text) => wrapText(text)),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

function renderNoteHtml({ subject, before, link, after }: Note, baseUrl: string): string {
  const paragraph = `margin:0 0 12px;${serif}font-size:17px;line-height:26px;${ink}`;
  return `<!doctype html>\n${(
    (
      <LetterShell title={subject} baseUrl={baseUrl} preview={before[0]!}>
        <tr>
          <td colspan={2} class="ru" style="padding:18px 0 24px;border-top:3px solid #111111">
            {before.map((text) => (
              <p class="ik" style={paragraph}>
                {text}
              </p>
            ))}
            <p class="ik" style={`margin:0 0 6px;${sans}font-size:24px;line-height:30px;${ink}`}>
              <a href={link.url} class="ik" style={`${ink}text-decoration:underline`}>
                <b>{link.label}</b>
              </a>
            </p>
            <p
              class="dm"
              style={`margin:0 0 18px;${sans}font-size:13px;line-height:18px;${dim}word-break:break-all`}
            >
              {link.url}
            </p>
            {after.map((text) => (
              <p class="dm" style={`margin:0 0 6px;${sans}font-size:13px;line-height:18px;${dim}`}>
                {text}
              </p>
            ))}
          </td>
        </tr>
      </LetterShell>
    )
  ).toString()}\n`;
}
