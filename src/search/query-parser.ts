// From what was typed to a tree. Never throws and never gives up: what does not parse is noted and read as plain words.
//
//   query = item*           item = part (OR part)*          part = "-"? (field ":" value | "(" query ")" | phrase | word)
import { type FieldName, fieldPattern, readField, unfinished } from "./query-fields.ts";
import type { QueryNode, QueryTree, TextField } from "./query-syntax.ts";

/** Parentheses within parentheses beyond are ignored. */
export const maxNesting = 16;

const asciiSigns: Record<string, string> = { "（": "(", "）": ")", "：": ":" };
/** Read as the plain one. */
export const quotationMarks = /[“”„‟«»＂]/g;
const wordPattern = /[^\s"()]+/y;
const minus = /-(?=[\p{L}\p{N}"(])/uy;

/** Reads a query; with `typing`, the word it ends in may be unfinished. */
export function parseTree(query: string, typing = false): QueryTree {
  if (!typing && plainQuery.test(query) && !holdsOr.test(query))
    return { parts: listPlain(query), problem: null };
  return new Parser(query, typing).parse();
}

/** Words without signs, one space between them, as most queries are: nothing in them needs a parser. */
const plainQuery = /^(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?: |$))+$/;
const holdsOr = /\bOR\b/;

/** A part of the tree, and whether the sign OR stands before it. */
type Item = QueryNode | "or";

class Parser {
  private readonly text: string;
  private readonly typing: boolean;
  private problem: QueryTree["problem"] = null;
  private at = 0;
  private depth = 0;
  /** Set inside `field:( )`. */
  private field: FieldName | null = null;

  constructor(query: string, typing: boolean) {
    // One character for one: places stay what they were.
    this.text = query.replace(quotationMarks, '"').replace(/[（）：]/g, (sign) => asciiSigns[sign]!);
    this.typing = typing;
  }

  parse(): QueryTree {
    const parts = this.readSequence(-1);
    return { parts, problem: this.problem };
  }

  private note(message: string, at: number): void {
    this.problem ??= { message, at };
  }

  /** Everything up to the end or the parenthesis that closes the one at `openedAt`. */
  private readSequence(openedAt: number): QueryNode[] {
    const items: { item: Item; at: number }[] = [];
    while (this.skipSpace()) {
      const at = this.at;
      if (this.text[at] === ")") {
        this.at++;
        if (openedAt >= 0) return this.joinChoices(items);
        this.note("This parenthesis closes nothing.", at);
      } else {
        const item = this.readItem();
        if (item !== null) items.push({ item, at });
      }
    }
    if (openedAt >= 0) this.note("This parenthesis is never closed.", openedAt);
    return this.joinChoices(items);
  }

  private skipSpace(): boolean {
    while (this.at < this.text.length && /\s/.test(this.text[this.at]!)) this.at++;
    return this.at < this.text.length;
  }

  /** Joins the neighbours of each OR. One that stands alone is a plain word, which says nothing. */
  private joinChoices(items: { item: Item; at: number }[]): QueryNode[] {
    const parts: QueryNode[] = [];
    let joining = false;
    items.forEach(({ item, at }, i) => {
      const before = parts.at(-1);
      if (item !== "or") {
        if (joining && before?.kind === "any") before.parts.push(item);
        else parts.push(item);
        joining = false;
        return;
      }
      const after = items[i + 1]?.item;
      if (before === undefined || after === undefined || after === "or") {
        this.note("OR needs something on both sides.", at);
        parts.push({ kind: "word", text: "OR", field: null, beginning: false });
      } else {
        if (!(before.kind === "any" && items[i - 2]?.item === "or"))
          parts.push({ kind: "any", parts: [parts.pop()!] });
        joining = true;
      }
    });
    return parts;
  }

  private readItem(): Item | null {
    if (/^OR(?=[\s()]|$)/.test(this.text.slice(this.at, this.at + 3))) {
      this.at += 2;
      return "or";
    }
    minus.lastIndex = this.at;
    if (!minus.test(this.text) || !/[\s(]|^$/.test(this.text.slice(Math.max(0, this.at - 1), this.at)))
      return this.readPart();
    this.at++;
    const part = this.readPart();
    return part && { kind: "not", part };
  }

  private readPart(): QueryNode | null {
    const sign = this.text[this.at];
    if (sign === "(") return this.readGroup();
    if (sign === '"') return this.readQuoted();
    const name = this.field ? null : fieldPattern.exec(this.text.slice(this.at, this.at + 12));
    return name ? this.readFielded(name) : this.readWord();
  }

  private readGroup(): QueryNode | null {
    const openedAt = this.at++;
    if (this.depth === maxNesting) {
      this.note(`Parentheses deeper than ${maxNesting} are not looked at.`, openedAt);
      return null;
    }
    this.depth++;
    const parts = this.readSequence(openedAt);
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: "all", parts };
  }

  private readQuoted(): QueryNode | null {
    const text = this.readQuotation();
    if (text === null) return null;
    return this.inField({ text, quoted: true }, () => ({ kind: "phrase", text, field: null }));
  }

  /** The text between this quotation mark and the next; null, past the mark, when there is none. */
  private readQuotation(): string | null {
    const openedAt = this.at++;
    const closedAt = this.text.indexOf('"', this.at);
    if (closedAt < 0) {
      if (!this.typing) this.note("This quotation mark is never closed.", openedAt);
      return null;
    }
    const text = this.text.slice(this.at, closedAt);
    this.at = closedAt + 1;
    return text;
  }

  private readWord(): QueryNode | null {
    wordPattern.lastIndex = this.at;
    const text = wordPattern.exec(this.text)?.[0] ?? "";
    this.at += text.length;
    const star = unfinished.exec(text);
    return this.inField({ text, quoted: false }, () => ({
      kind: "word",
      text: star?.[1] ?? text,
      field: null,
      beginning: star !== null || this.isUnfinished(text),
    }));
  }

  /** The end of the query, while it is typed, in a letter or a digit. */
  private isUnfinished(text: string): boolean {
    return this.typing && this.at === this.text.length && /[\p{L}\p{N}]$/u.test(text);
  }

  /** Within `field:( )` a value of the field, else what `plain` gives. */
  private inField(value: { text: string; quoted: boolean }, plain: () => QueryNode): QueryNode | null {
    return this.field === null ? plain() : this.readValue(this.field, value, this.at - value.text.length);
  }

  private readFielded(name: RegExpExecArray): QueryNode | null {
    const fieldAt = this.at;
    const field = name[1]!.toLowerCase() as FieldName;
    this.at += name[0].length;
    if (this.text[this.at] === "(") {
      this.field = field;
      const group = this.readGroup();
      this.field = null;
      return group;
    }
    const quoted = this.text[this.at] === '"';
    const text = quoted ? this.readQuotation() : this.readRun();
    if (text === null) return null;
    return text === "" ? this.readNothing(field, fieldAt) : this.readValue(field, { text, quoted }, fieldAt);
  }

  /** Everything up to the next space; a closing parenthesis only when it was opened within. */
  private readRun(): string {
    const start = this.at;
    let open = 0;
    for (; this.at < this.text.length && !/[\s"]/.test(this.text[this.at]!); this.at++) {
      if (this.text[this.at] === "(") open++;
      else if (this.text[this.at] === ")" && open-- === 0) break;
    }
    return this.text.slice(start, this.at);
  }

  private readNothing(field: FieldName, at: number): QueryNode {
    this.note(`Nothing stands behind "${field}:".`, at);
    return { kind: "word", text: field, field: null, beginning: false };
  }

  /** What cannot be a value of the field is read as plain words, with the field's name. */
  private readValue(field: FieldName, value: { text: string; quoted: boolean }, at: number): QueryNode {
    const node = readField(field, value);
    if (typeof node === "string") {
      this.note(node, at);
      return plainWords(`${field} ${value.text}`);
    }
    if (node.kind === "like") return { ...node, at };
    return node.kind === "word" && this.isUnfinished(value.text) ? { ...node, beginning: true } : node;
  }
}

function plainWords(text: string): QueryNode {
  return { kind: "all", parts: listPlain(text) };
}

function listPlain(text: string): QueryNode[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const field: TextField | null = null;
  return words.map((word) => ({ kind: "word", text: word, field, beginning: false }));
}
