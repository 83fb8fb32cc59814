// Pages rendered once with holes for what differs from letter to letter, and filled by joining strings.
import { randomUUID } from "node:crypto";
import { escapeHtml } from "../lib/html-text.ts";

/** Values of the holes by name. */
export type Fill<Name extends string> = (values: Readonly<Record<Name, string>>) => string;

/** `render` gets a mark for each name to put into attributes; nobody who writes titles can know the marks. */
export function openHoles<Name extends string>(
  names: readonly Name[],
  render: (marks: Record<Name, string>) => string,
): Fill<Name> {
  const nonce = randomUUID();
  const marks = Object.fromEntries(names.map((name) => [name, `${nonce}.${name};`])) as Record<Name, string>;
  const [first, ...rest] = render(marks).split(`${nonce}.`);
  const pieces = rest.map((piece) => {
    const end = piece.indexOf(";");
    return { name: piece.slice(0, end) as Name, text: piece.slice(end + 1) };
  });
  return (values) => {
    let filled = first!;
    for (const { name, text } of pieces) filled += escapeHtml(values[name]) + text;
    return filled;
  };
}
