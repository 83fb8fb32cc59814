// Pages of others, read as a browser reads them, without running anything; walked without recursion, however deep they nest.
import { type DefaultTreeAdapterTypes, parse } from "parse5";

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Reads a page; any text is one. */
export function parseHtml(text: string): HtmlNode {
  return parse(text);
}

/** All elements below a node in document order, the node itself left out. */
export function* elementsBelow(node: HtmlNode): Generator<HtmlElement> {
  for (const below of nodesBelow(node)) if ("tagName" in below) yield below;
}

/** The first element below a node that fits. */
export function findElement(
  node: HtmlNode,
  fits: (element: HtmlElement) => boolean,
): HtmlElement | undefined {
  for (const element of elementsBelow(node)) if (fits(element)) return element;
  return undefined;
}

export function attributeOf(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return (attributeOf(element, "class") ?? "").split(/\s+/).includes(name);
}

/**
 * The text a reader sees, white space collapsed, <br> a newline. `write` may put something else in the place of an element:
 * a text, or undefined to go on as usual.
 */
export function visibleText(
  node: HtmlNode,
  write: (element: HtmlElement) => string | undefined = () => undefined,
): string {
  let text = "";
  const pending: HtmlNode[] = [...childrenOf(node)].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.nodeName === "#text") text += ("value" in next ? next.value : "").replace(/\s+/g, " ");
    if (!("tagName" in next) || unseen.has(next.tagName)) continue;
    const written = next.tagName === "br" ? "\n" : write(next);
    if (written !== undefined) text += written;
    else for (const child of [...childrenOf(next)].reverse()) pending.push(child);
  }
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

const unseen = new Set(["script", "style", "template", "noscript"]);

function* nodesBelow(node: HtmlNode): Generator<HtmlNode> {
  const pending = [...childrenOf(node)].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    // One by one: a node may have more children than a call takes arguments.
    for (const child of [...childrenOf(next)].reverse()) pending.push(child);
  }
}

function childrenOf(node: HtmlNode): readonly HtmlNode[] {
  return "childNodes" in node ? node.childNodes : [];
}
