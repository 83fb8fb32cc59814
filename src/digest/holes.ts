// Pages rendered once with holes for what differs from letter to letter. What is filled in stands on lines of its own, so that the
// lines between are the same in every letter.
import { randomUUID } from "node:crypto";
import { escapeHtml } from "../lib/html-text.ts";
import type { Pieces, SharedLines } from "../mail/letter.ts";

/** Values of the holes by name; what comes out is in lines. */
export type Fill<Name extends string> = (values: Readonly<Record<Name, string>>) => Pieces;

/**
 * `render` gets a mark for each name: for a whole attribute or the whole text of an element. Lines are broken inside tags, where
 * white space says nothing. Nobody who writes titles can know the marks.
 */
export function openHoles<Name extends string>(
  names: readonly Name[],
  render: (marks: Record<Name, string>) => string,
): Fill<Name> {
  const nonce = randomUUID();
  const marks = Object.fromEntries(names.map((name) => [name, `${nonce}.${name};`])) as Record<Name, string>;
  const [first, ...rest] = breakLines(render(marks), nonce).split("\n\n");
  const start: SharedLines = { lines: first! };
  const pieces = rest.map((piece, i) => (i % 2 === 0 ? openLine<Name>(piece, nonce) : { lines: piece }));
  return (values) => [start, ...pieces.map((piece) => (typeof piece === "function" ? piece(values) : piece))];
}

/** An empty line before and after each line that has a hole. */
function breakLines(html: string, nonce: string): string {
  const attribute = new RegExp(` ([a-z]+="${nonce}\\.[A-Za-z]+;")([ >])`, "g");
  const text = new RegExp(`(>${nonce}\\.[A-Za-z]+;</[a-z]+)>`, "g");
  return html
    .replace(/\n+/g, "\n")
    .replace(attribute, (_, hole: string, next: string) => `\n\n${hole}\n\n${next.trim()}`)
    .replace(text, "\n\n$1\n\n>");
}

function openLine<Name extends string>(line: string, nonce: string) {
  const [before, after] = line.split(`${nonce}.`) as [string, string];
  const end = after.indexOf(";");
  const name = after.slice(0, end) as Name;
  const rest = after.slice(end + 1);
  return (values: Readonly<Record<Name, string>>) => `${before}${escapeHtml(values[name])}${rest}`;
}
