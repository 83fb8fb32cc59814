// What becomes of a piece of TeX when the group around it closes: scripts, accents, fractions, roots.
import { toSubscript, toSuperscript } from "./scripts.ts";
import { blackboard } from "./tex-macros.ts";

export type FrameKind =
  | "group"
  | "literal"
  | "superscript"
  | "subscript"
  | "accent"
  | "numerator"
  | "denominator"
  | "root"
  | "blackboard"
  | "footnote"
  | "negation"
  | "address-text";

export interface Frame {
  kind: FrameKind;
  /** Complete after one atom, as in x^2; otherwise at its brace. */
  single: boolean;
  /** The combining mark of an accent, the address of a link. */
  mark: string;
  /** Where its pieces begin in the output. */
  start: number;
}

/** The text that stands for `content` once the frame is closed; `ended` when the text ended before the frame did. */
export function closeFrame({ kind, mark }: Frame, content: string, ended: boolean): string {
  switch (kind) {
    case "group":
      return content;
    case "literal":
      return ended ? `{${content}` : `{${content}}`;
    case "superscript":
      return closeScript(content.trim(), "^");
    case "subscript":
      return closeScript(content.trim(), "_");
    case "accent":
      return closeAccent(content.trim(), mark);
    case "numerator":
      return `${parenthesise(content.trim())}/`;
    case "denominator":
      return parenthesise(content.trim());
    case "root":
      return `√${parenthesise(content.trim())}`;
    case "blackboard":
      return blackboard.get(content.trim()) ?? content;
    case "footnote":
      return content.trim() === "" ? "" : ` (${content.trim()})`;
    case "negation":
      return content === "" ? "" : `${content}\u0338`.normalize("NFC");
    case "address-text":
      return content === "" || content.includes("://") ? content || mark : `${content} (${mark})`;
  }
}

function closeScript(content: string, sign: "^" | "_"): string {
  if (content === "") return "";
  const mapped = sign === "^" ? toSuperscript(content) : toSubscript(content);
  return mapped ?? sign + parenthesise(content.startsWith(sign) ? content.slice(1) : content);
}

/** "n", "0.5" and "max" stand alone; "n + 1" needs its brackets to stay one thing. */
function parenthesise(content: string): string {
  return content === "" || /^[\p{L}\p{N}\p{M}._'′]+$|^.$/u.test(content) ? content : `(${content})`;
}

/** The mark goes on the first letter; over more than two letters (\overline{AB}) it would mislead and is left out. */
function closeAccent(content: string, mark: string): string {
  const [first, ...rest] = content;
  if (first === undefined || rest.length > 1) return content;
  const dotted = first === "ı" ? "i" : first === "ȷ" ? "j" : first;
  return `${dotted}${mark}${rest.join("")}`.normalize("NFC");
}
