// XML from outside, read strictly and within limits: a document cut short, ill-formed, with entities of its own, in an
// encoding we do not expect, too large or too deep is a reason, never a shorter document.
import { setImmediate as nextTurn } from "node:timers/promises";
import { openXmlReader, type XmlElement, XmlFault, type XmlOptions, type XmlReader } from "./xml-reader.ts";

export type XmlReading = { ok: true; root: XmlElement } | { ok: false; reason: string };

/** Read in one go between two turns of the event loop. */
const sliceLength = 128 * 1024;

/** Reads a whole document that is in memory already. */
export function parseXml(input: string | Uint8Array, options: XmlOptions = {}): XmlReading {
  const reader = openXmlReader(options);
  const write = () => (typeof input === "string" ? reader.writeText(input) : reader.writeBytes(input));
  return finish(reader, faultOf(write));
}

/** Reads a document as it comes in; other work gets its turn in between, however the bytes are cut. */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  options: XmlOptions = {},
): Promise<XmlReading> {
  const reader = openXmlReader(options);
  for await (const slice of slices(chunks)) {
    const reason = faultOf(() => reader.writeBytes(slice));
    if (reason !== null) return { ok: false, reason };
  }
  return finish(reader, null);
}

function finish(reader: XmlReader, fault: string | null): XmlReading {
  const reason = fault ?? faultOf(() => reader.end());
  return reason === null ? { ok: true, root: reader.root()! } : { ok: false, reason };
}

/** A part of a large document, or why no more parts follow. */
export type XmlPart = { ok: true; root: XmlElement; element: XmlElement } | { ok: false; reason: string };

/**
 * Reads the children of the root one by one; each is forgotten once it was handed out, so that memory does not grow with
 * the document. `root` is the root's own tag. An { ok: false } is the last part.
 */
export async function* readXmlParts(
  chunks: AsyncIterable<Uint8Array>,
  options: XmlOptions = {},
): AsyncGenerator<XmlPart> {
  const parts: XmlElement[] = [];
  const reader = openXmlReader(options, (element) => parts.push(element));
  const take = () => parts.splice(0).map((element): XmlPart => ({ ok: true, root: reader.root()!, element }));
  for await (const slice of slices(chunks)) {
    const reason = faultOf(() => reader.writeBytes(slice));
    yield* take();
    if (reason !== null) {
      yield { ok: false, reason };
      return;
    }
  }
  const reason = faultOf(() => reader.end());
  yield* take();
  if (reason !== null) yield { ok: false, reason };
}

async function* slices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += sliceLength) {
      yield chunk.subarray(start, start + sliceLength);
      await nextTurn();
    }
  }
}

/** Why it failed, null when it did not. */
function faultOf(step: () => unknown): string | null {
  try {
    step();
    return null;
  } catch (error) {
    if (error instanceof XmlFault) return error.message;
    throw error;
  }
}
