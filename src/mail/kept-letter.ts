// Reads back a message that we wrote ourselves (see message.ts): its headers, text part and HTML part.

export interface KeptLetter {
  /** Decoded headers by lower-case name. */
  headers: Map<string, string>;
  text: string;
  html: string;
}

/** For our own messages only: multipart/alternative of quoted-printable UTF-8 parts. Missing parts are empty. Pure. */
export function readKeptLetter(message: Uint8Array): KeptLetter {
  const raw = Buffer.from(message).toString("latin1").replaceAll("\r\n", "\n");
  const [head, body] = splitHead(raw);
  const headers = readHeaders(head);
  const boundary = /boundary="([^"]+)"/.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => readPart(part.slice(1)))
    : [];
  return {
    headers,
    text: parts.find((part) => part.type.startsWith("text/plain"))?.content ?? "",
    html: parts.find((part) => part.type.startsWith("text/html"))?.content ?? "",
  };
}

function splitHead(raw: string): [string, string] {
  const end = raw.indexOf("\n\n");
  return end < 0 ? [raw, ""] : [raw.slice(0, end), raw.slice(end + 2)];
}

function readHeaders(head: string): Map<string, string> {
  const lines = head.replace(/\n[ \t]+/g, " ").split("\n");
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) return [];
      return [[line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())] as const];
    }),
  );
}

/** RFC 2047, Q and B; white space between two encoded words does not count. */
function decodeWords(value: string): string {
  const word = /=\?utf-8\?([qb])\?([^?]*)\?=/gi;
  return value
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(word, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : decodeQuoted(text.replaceAll("_", " ")),
    );
}

function readPart(part: string): { type: string; content: string } {
  const [head, body] = splitHead(part);
  const headers = readHeaders(head);
  const quoted = headers.get("content-transfer-encoding") === "quoted-printable";
  const content = quoted ? decodeQuoted(body) : body;
  return { type: headers.get("content-type") ?? "", content: content.replace(/\n$/, "") };
}

/** RFC 2045 §6.7 over Latin-1 text that stands for bytes. */
function decodeQuoted(text: string): string {
  const bytes = text
    .replace(/=\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
