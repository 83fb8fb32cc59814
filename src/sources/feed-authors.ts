// Authors in feeds: one element a person, or all in one, "Family, I." or "I. Family, I. Family", or an address with a name.
import { childrenOf, childText, textOf, type XmlName } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { Author } from "../papers/paper.ts";
import { dublinCore } from "./feed-vocabulary.ts";

/** Dublin Core's creators, else the form's own authors. */
export function readFeedAuthors(element: XmlElement, own: (name: string) => XmlName): Author[] {
  const creators = texts(element, dublinCore("creator"));
  const ofAtom = childrenOf(element, own("author")).map(
    (author) => childText(author, own("name")) ?? textOf(author),
  );
  // An Atom entry may use both for different people.
  const names = [...ofAtom.filter((name) => name !== undefined).map(withoutAddress), ...creators];
  if (names.length === 1) return readOne(names[0]!);
  const authors = new Map<string, Author>();
  for (const name of names) {
    const author = parseAuthorName(name);
    if (author !== null) authors.set(author.name, author);
  }
  return [...authors.values()];
}

function texts(element: XmlElement, name: XmlName): string[] {
  return childrenOf(element, name)
    .map(textOf)
    .filter((text) => text !== undefined);
}

/** RSS 2.0 has "editor@example.com (Ann Example)"; an address alone is nobody's name. */
function withoutAddress(text: string): string {
  const inBrackets = /^\S+@\S+\s*\((.{1,200})\)$/.exec(text)?.[1];
  return inBrackets ?? (/^\S+@\S+$/.test(text) ? "" : text);
}

/** One element: "Fuentes, A." and "Marx, Karl" are one person, "Ann One, Bo Two" are two. */
function readOne(text: string): Author[] {
  const [left = "", right, ...more] = text.split(",").map((part) => part.trim());
  const isInverted =
    right !== undefined &&
    more.length === 0 &&
    !text.includes(";") &&
    (!/\s/.test(left) || /^(?:\p{Lu}\.?[\s-]*){1,4}$/u.test(right));
  if (!isInverted) return parseAuthorList(text);
  const author = parseAuthorName(`${left}, ${right}`);
  return author === null ? [] : [author];
}
