// Which dollar signs open mathematics, and which are money: "costs $5 and $10" holds none.

export interface Mathematics {
  /** First character of the formula. */
  start: number;
  /** Its closing delimiter. */
  end: number;
  /** Length of that delimiter. */
  closer: 1 | 2;
}

/** No formula in a title or abstract is longer. */
const longestFormula = 2_000;

/** The formula that the dollar sign at `position` opens, or null when it is a dollar sign. */
export function openMathematics(text: string, position: number): Mathematics | null {
  if (text.charAt(position + 1) === "$") return openDisplay(text, position + 2);
  const start = position + 1;
  const end = findDollar(text, start);
  if (end === -1) return null;
  return isFormula(text.slice(start, end), text.charAt(end + 1)) ? { start, end, closer: 1 } : null;
}

function openDisplay(text: string, start: number): Mathematics | null {
  const length = text.slice(start, start + longestFormula).indexOf("$$");
  return length > 0 ? { start, end: start + length, closer: 2 } : null;
}

/** The next dollar sign that no backslash escapes. */
function findDollar(text: string, start: number): number {
  const part = text.slice(start, start + longestFormula);
  for (let at = part.indexOf("$"); at !== -1; at = part.indexOf("$", at + 1)) {
    if (part.charAt(at - 1) !== "\\" || part.charAt(at - 2) === "\\") return start + at;
  }
  return -1;
}

/** Unmistakable TeX, a bare sign ($<$5), or Pandoc's rule (no space inside the signs, no digit after them) for anything but prose. */
function isFormula(content: string, next: string): boolean {
  if (content.trim() === "") return false;
  if (/\\[a-zA-Z]|[\^{}]|[a-zA-Z]_[a-zA-Z0-9]/.test(content)) return true;
  if (/^[^\p{L}\p{N}\s]+$/u.test(content)) return true;
  if (/^\s|\s$/.test(content) || /\d/.test(next)) return false;
  return !/\p{L}{2}\s+\p{L}{2}/u.test(content);
}
