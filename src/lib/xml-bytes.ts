// The bytes of an XML document as text: the encoding its mark or declaration names, if it is one we expect; nothing guessed.

/** Which encodings a declaration may name: UTF-8 alone, or also those that older feeds are written in. */
export type XmlEncodings = "utf-8" | "western";

export type TextDecoding = { ok: true; text: string } | { ok: false; reason: string };

export interface ByteDecoder {
  write(bytes: Uint8Array): TextDecoding;
  end(): TextDecoding;
}

const utf8Names = new Set(["utf-8", "utf8", "us-ascii", "ascii"]);
const westernNames = new Map([
  ["iso-8859-1", "windows-1252"],
  ["latin1", "windows-1252"],
  ["windows-1252", "windows-1252"],
  ["iso-8859-15", "iso-8859-15"],
  ["utf-16", "utf-16le"],
]);
/** A declaration stands at the very beginning and is short. */
const declarationLength = 256;

/** Opens a decoder that finds the encoding in the first bytes and refuses what does not fit it. */
export function openTextDecoder(encodings: XmlEncodings = "utf-8"): ByteDecoder {
  let held: Uint8Array = new Uint8Array(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let refused: string | null = null;
  const decode = (bytes: Uint8Array, stream: boolean): TextDecoding => {
    if (refused !== null) return { ok: false, reason: refused };
    if (decoder === null) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (stream && held.length < declarationLength) return { ok: true, text: "" };
      const found = encodingOf(held, encodings);
      if (!found.ok) {
        refused = found.reason;
        return found;
      }
      decoder = new TextDecoder(found.text, { fatal: true });
      return decodeStrictly(decoder, held, stream);
    }
    return decodeStrictly(decoder, bytes, stream);
  };
  return { write: (bytes) => decode(bytes, true), end: () => decode(new Uint8Array(0), false) };
}

/** For a text that was decoded already: why what its declaration names is refused, or null. */
export function refusedDeclaration(text: string, encodings: XmlEncodings = "utf-8"): string | null {
  const found = encodingOf(Buffer.from(text.slice(0, declarationLength)), encodings);
  return found.ok ? null : found.reason;
}

function decodeStrictly(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  stream: boolean,
): TextDecoding {
  try {
    return { ok: true, text: decoder.decode(bytes, { stream }) };
  } catch {
    return { ok: false, reason: `its bytes are not ${decoder.encoding.toUpperCase()}` };
  }
}

/** The name for TextDecoder. A byte order mark decides, as the XML specification has it. */
function encodingOf(bytes: Uint8Array, encodings: XmlEncodings): TextDecoding {
  const beginning = Buffer.from(bytes.subarray(0, declarationLength)).toString("latin1");
  if (beginning.startsWith("\xff\xfe")) return fromMark("utf-16le", encodings);
  if (beginning.startsWith("\xfe\xff")) return fromMark("utf-16be", encodings);
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    beginning,
  );
  const name = declared?.[1]?.toLowerCase() ?? "utf-8";
  if (utf8Names.has(name)) return { ok: true, text: "utf-8" };
  const western = encodings === "western" ? westernNames.get(name) : undefined;
  // Without its mark UTF-16 cannot be told from garbage.
  if (western === undefined || western === "utf-16le")
    return { ok: false, reason: `its encoding ${name} is not accepted` };
  return { ok: true, text: western };
}

function fromMark(name: string, encodings: XmlEncodings): TextDecoding {
  return encodings === "western"
    ? { ok: true, text: name }
    : { ok: false, reason: `its encoding ${name} is not accepted` };
}
