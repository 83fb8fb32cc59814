// A short letter of one link: what it is for, the link, and what else there is to know. Neutral, no papers.
import type { Instant } from "../lib/clock.ts";
import type { Letter } from "./letter.ts";
import { dim, ink, LetterShell, sans, serif } from "./letter-shell.tsx";
import { wrapText } from "./plain-part.ts";

export interface NoteAddress {
  to: string;
  mailFrom: string;
  messageId: string;
  createdAt: Instant;
  baseUrl: string;
}

export interface Note {
  subject: string;
  /** Paragraphs before the link. */
  before: string[];
  link: { url: string; label: string };
  after: string[];
}

/** The letter, text and HTML alike. */
export function composeNote(address: NoteAddress, note: Note): Letter {
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
