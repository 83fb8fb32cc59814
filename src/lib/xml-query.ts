// Small questions to a tree of XML elements: the child of that name, all text in order, an attribute.
import type { XmlElement } from "./xml-reader.ts";

/** An element's name within its namespace. A namespace may be given as several addresses of the same vocabulary. */
export interface XmlName {
  name: string;
  /** Undefined: any namespace. */
  namespace?: string | readonly string[];
}

/** True when the element is of that name in that namespace, whatever its prefix. */
export function isElement(element: XmlElement, { name, namespace }: XmlName): boolean {
  if (element.name !== name) return false;
  if (namespace === undefined) return true;
  return typeof namespace === "string"
    ? element.namespace === namespace
    : namespace.includes(element.namespace);
}

/** The child elements of that name, in order. */
export function childrenOf(element: XmlElement, wanted: XmlName): XmlElement[] {
  return elementsOf(element).filter((child) => isElement(child, wanted));
}

/** The first child element of that name. */
export function childOf(element: XmlElement, wanted: XmlName): XmlElement | undefined {
  for (const child of element.children) {
    if (typeof child !== "string" && isElement(child, wanted)) return child;
  }
  return undefined;
}

/** All child elements, in order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** All text below the element in document order, as it stands: "Stereotyped <i>in vivo</i> axon" keeps its order and spaces. */
export function rawTextOf(element: XmlElement): string {
  let text = "";
  for (const child of element.children) text += typeof child === "string" ? child : rawTextOf(child);
  return text;
}

/** All text below the element, without white space at its ends; undefined when nothing is left. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const text = element === undefined ? "" : rawTextOf(element).trim();
  return text === "" ? undefined : text;
}

/** Text of the first child of that name; undefined when it is missing or empty. */
export function childText(element: XmlElement, wanted: XmlName): string | undefined {
  return textOf(childOf(element, wanted));
}
