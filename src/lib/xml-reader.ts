// The strict reader under xml.ts: bytes and texts in, elements out; the first fault ends it.
import { SaxesParser, type SaxesTagNS } from "saxes";
import { openTextDecoder, refusedDeclaration, type TextDecoding, type XmlEncodings } from "./xml-bytes.ts";

export interface XmlElement {
  /** Without prefix. */
  name: string;
  /** Address of its namespace, "" for none. Elements are told apart by it, never by prefix. */
  namespace: string;
  /** By local name; one in a namespace as "{namespace}local". Declarations of namespaces are left out. */
  attributes: Map<string, string>;
  /** Elements and texts in their order, so that mixed text keeps it. */
  children: (XmlElement | string)[];
}

export interface XmlOptions {
  /** Bytes of the whole document; 64 MiB unless told. */
  byteLimit?: number;
  /** Elements within elements; 100 unless told. */
  depthLimit?: number;
  /** Elements in memory at once; a million unless told. */
  elementLimit?: number;
  /** Beside UTF-8, which encodings a declaration may name. */
  encodings?: XmlEncodings;
  /** Lets a DOCTYPE pass that only names a document type. One that declares anything never passes. */
  allowDoctype?: boolean;
  /** Named references beyond XML's five, such as HTML's. */
  entities?: Readonly<Record<string, string>>;
}

const ofXml = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const defaultByteLimit = 64 * 1024 * 1024;
const defaultDepthLimit = 100;
const defaultElementLimit = 1_000_000;

/** What is wrong with the document. Anything else that is thrown is our own fault. */
export class XmlFault extends Error {}

export interface XmlReader {
  writeBytes(bytes: Uint8Array): void;
  writeText(text: string): void;
  /** The root's own tag, once it was read. */
  root(): XmlElement | null;
  /** Throws when the document is not whole. */
  end(): void;
}

/** Opens a reader; each of its functions throws XmlFault. With `onPart`, the children of the root go there, not into the tree. */
export function openXmlReader(options: XmlOptions, onPart?: (element: XmlElement) => unknown): XmlReader {
  const { byteLimit = defaultByteLimit } = options;
  const tree = openTree(options, onPart);
  const parser = openParser(options, tree);
  const decoder = openTextDecoder(options.encodings);
  let bytesRead = 0;
  const write = (text: string, length: number) => {
    bytesRead += length;
    if (bytesRead > byteLimit) throw new XmlFault(`it is larger than ${byteLimit} bytes`);
    parser.write(text);
  };
  return {
    writeBytes: (bytes) => write(decoded(decoder.write(bytes)), bytes.length),
    writeText(text) {
      const refused = refusedDeclaration(text, options.encodings);
      if (refused !== null) throw new XmlFault(refused);
      write(text.startsWith("\ufeff") ? text.slice(1) : text, text.length);
    },
    root: tree.root,
    end() {
      parser.write(decoded(decoder.end()));
      parser.close();
    },
  };
}

function decoded(decoding: TextDecoding): string {
  if (decoding.ok) return decoding.text;
  throw new XmlFault(decoding.reason);
}

function openParser(options: XmlOptions, tree: Tree): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: "1.0", forceXMLVersion: true } as const);
  // A document cannot define entities; these are the only ones beside XML's five.
  parser.ENTITIES = Object.assign(Object.create(null), options.entities, ofXml);
  parser.on("error", (error) => {
    throw new XmlFault(`it is not well-formed XML: ${error.message}`);
  });
  parser.on("doctype", (doctype) => {
    if (options.allowDoctype && !doctype.includes("[")) return;
    throw new XmlFault("it declares a document type, which is not accepted");
  });
  parser.on("opentag", tree.open);
  parser.on("closetag", tree.close);
  parser.on("text", tree.text);
  parser.on("cdata", tree.text);
  return parser;
}

interface Tree {
  open(tag: SaxesTagNS): void;
  close(): void;
  text(text: string): void;
  root(): XmlElement | null;
}

/** Builds the elements; with `onPart`, those right below the root go there instead of into the tree. */
function openTree(
  { depthLimit = defaultDepthLimit, elementLimit = defaultElementLimit }: XmlOptions,
  onPart?: (element: XmlElement) => unknown,
): Tree {
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let held = 0;
  return {
    open(tag) {
      const element = elementOf(tag);
      held += 1;
      if (open.length >= depthLimit) throw new XmlFault(`it nests deeper than ${depthLimit} elements`);
      if (held > elementLimit) throw new XmlFault(`it has more than ${elementLimit} elements`);
      root ??= element;
      if (onPart === undefined || open.length !== 1) open.at(-1)?.children.push(element);
      open.push(element);
    },
    close() {
      const closed = open.pop()!;
      if (onPart === undefined || open.length !== 1) return;
      held = 1;
      onPart(closed);
    },
    text(text) {
      if (onPart === undefined || open.length > 1) open.at(-1)?.children.push(text);
    },
    root: () => root,
  };
}

function elementOf(tag: SaxesTagNS): XmlElement {
  const attributes = new Map<string, string>();
  for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === "xmlns" || (prefix === "" && local === "xmlns")) continue;
    attributes.set(uri === "" ? local : `{${uri}}${local}`, value);
  }
  return { name: tag.local, namespace: tag.uri, attributes, children: [] };
}
