// TeX formulas to MathML by KaTeX, on the server, bounded, and passed through a list of allowed elements and attributes.
import katex from "katex";
import { styleLetters } from "./math-alphabets.ts";

/** Longer formulas do not occur in titles and abstracts; KaTeX's time grows with the square (27 s for 200,000 letters). */
const maxFormulaChars = 500;
/** KaTeX recurses over groups and overflows the stack some thousand deep. */
const maxDepth = 20;
const maxCached = 2_000;

/** Formula → MathML, or null where it was refused. Insertion order makes it a least-recently-used cache. */
const cache = new Map<string, string | null>();

/** MathML of a formula, safe to insert as it is; null when it is too long, too deep or not understood. */
export function renderFormula(tex: string, display: boolean): string | null {
  if (tex.length > maxFormulaChars || tex.trim() === "" || depthOf(tex) > maxDepth) return null;
  const key = `${display ? "$$" : "$"}${tex}`;
  const known = cache.get(key);
  const rendered = known === undefined ? render(tex, display) : known;
  cache.delete(key);
  cache.set(key, rendered);
  if (cache.size > maxCached) cache.delete(cache.keys().next().value!);
  return rendered;
}

function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of tex.matchAll(/\\.|[{}]/gs)) {
    if (token === "{") deepest = Math.max(deepest, ++depth);
    if (token === "}") depth--;
  }
  return deepest;
}

function render(tex: string, displayMode: boolean): string | null {
  try {
    const html = katex.renderToString(tex, {
      output: "mathml",
      displayMode,
      throwOnError: true,
      strict: "ignore",
      trust: refuse,
      maxSize: 10,
      maxExpand: 100,
    });
    return allowOnly(html);
  } catch {
    // Not understood, or the stack overflowed: the reader sees the source instead.
    return null;
  }
}

/** Asked about \href, \url, \html… and \includegraphics only. */
function refuse(): boolean {
  throw new Error("Commands that make links, pictures or attributes are not for papers' titles.");
}

const elements = new Set(
  "math mrow mi mn mo ms mtext mspace msup msub msubsup munder mover munderover mmultiscripts mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose".split(
    " ",
  ),
);
const attributes = new Set(
  "display displaystyle scriptlevel stretchy fence separator lspace rspace minsize maxsize largeop movablelimits accent accentunder linethickness width height depth voffset notation".split(
    " ",
  ),
);
const annotation = /<annotation[^>]*>[^<]*<\/annotation>/g;
const tag = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>]*")*) ?\/?>([^<]*)/g;
const attribute = / ([a-zA-Z:-]+)="([^"<>]*)"/g;
/** Nothing about a formula needs more than names, numbers and lengths. */
const plainValue = /^[\w .+-]{1,60}$/;

/**
 * Keeps known MathML and drops the wrappers (span, semantics) and colours; KaTeX escapes text, so every "<" begins a tag.
 * Null when something does not look like KaTeX's output.
 */
function allowOnly(html: string): string | null {
  const bare = html.replace(annotation, "");
  let end = 0;
  let out = "";
  for (const match of bare.matchAll(tag)) {
    if (match.index !== end) return null;
    end += match[0].length;
    const [, slash, name, given, text] = match as unknown as [string, string, string, string, string];
    if (elements.has(name)) out += slash ? `</${name}>` : `<${name}${filterAttributes(given)}>`;
    out += styleLetters(text, / mathvariant="([a-z-]+)"/.exec(given)?.[1] ?? "");
  }
  return end === bare.length ? out : null;
}

function filterAttributes(given: string): string {
  let out = "";
  for (const [whole, name, value] of given.matchAll(attribute)) {
    // A single upright letter is the one style that MathML Core still takes from an attribute.
    const upright = name === "mathvariant" && value === "normal";
    if (upright || (attributes.has(name!) && plainValue.test(value!))) out += whole;
  }
  return out;
}
