// Sets plain text for a terminal mail reader: 72 columns, hanging indents, rules of signs. Pure.

export const columns = 72;

/** Breaks at blanks; a word longer than the line (an address) stands on a line of its own, unbroken. */
export function wrapText(
  text: string,
  options: { indent?: string; first?: string; width?: number } = {},
): string {
  const { indent = "", first = indent, width = columns } = options;
  const lines: string[] = [];
  let line = first;
  let length = lengthOf(first);
  let empty = true;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const wordLength = lengthOf(word);
    if (!empty && length + 1 + wordLength > width) {
      lines.push(line);
      line = indent;
      length = lengthOf(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    length += wordLength + (empty ? 0 : 1);
    empty = false;
  }
  return [...lines, line].join("\n").trimEnd();
}

/** Two texts on one line, the second at the right edge; below each other when they do not fit. */
export function spread(left: string, right: string): string {
  const gap = columns - lengthOf(left) - lengthOf(right);
  return gap >= 2 ? `${left}${" ".repeat(gap)}${right}` : `${left}\n${right}`;
}

export function rule(sign: "=" | "-"): string {
  return sign.repeat(columns);
}

/** In characters as a terminal counts them, near enough: code points. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}
