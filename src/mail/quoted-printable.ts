// Quoted-printable (RFC 2045 §6.7), line by line: a line of a body is encoded the same wherever it stands, so the lines that the
// letters of a run share are encoded once.
import type { SharedLines } from "./letter.ts";

const longest = 76;
const [cr, equals] = [0x0d, 0x3d];
const hex = Buffer.from("0123456789ABCDEF");
/** What needs no encoding at all: most lines of a plain text part. */
const plainLine = /^(?:[ -<>-~]{0,75}[!-<>-~])?$/;

/** What needs no more than its signs of equality encoded: most lines of an HTML part. */
const asciiLine = /^[\t -~]*[!-~]$/;

const encodedLines = new WeakMap<SharedLines, string>();

/** `clean` makes a line well formed before it is encoded, printable ASCII excepted; it may break it. Lines are ended by \n, in the answer by CRLF. */
export function encodeQuotedPrintable(piece: string | SharedLines, clean: (line: string) => string): string {
  if (typeof piece === "string") return encodeLines(piece, clean);
  const encoded = encodedLines.get(piece) ?? narrow(encodeLines(piece.lines, clean));
  encodedLines.set(piece, encoded);
  return encoded;
}

/** Parts of a text with wide characters are held as wide themselves, two bytes each, and so is every letter they are put in. */
function narrow(ascii: string): string {
  return Buffer.from(ascii, "latin1").toString("latin1");
}

function encodeLines(text: string, clean: (line: string) => string): string {
  if (plainLine.test(text)) return text;
  if (asciiLine.test(text)) return breakLine(text.replaceAll("=", "=3D"));
  let encoded = "";
  const whole = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  for (const line of whole.split("\n")) encoded += `${encodeText(clean(line))}\r\n`;
  return encoded.slice(0, -2);
}

function encodeText(text: string): string {
  if (plainLine.test(text)) return text;
  if (asciiLine.test(text)) return breakLine(text.replaceAll("=", "=3D"));
  return text.includes("\n") ? text.split("\n").map(encodeLine).join("\r\n") : encodeLine(text);
}

/** Soft breaks in what is encoded already, none within "=3D". */
function breakLine(encoded: string): string {
  let rest = encoded;
  let lines = "";
  while (rest.length > longest) {
    const sign = rest.indexOf("=", longest - 3);
    const end = sign >= 0 && sign < longest - 1 && sign + 3 > longest - 1 ? sign : longest - 1;
    lines += `${rest.slice(0, end)}=\r\n`;
    rest = rest.slice(end);
  }
  return lines + rest;
}

function encodeLine(line: string): string {
  const bytes = Buffer.from(line, "utf8");
  // At worst every byte becomes three, and every line of 73 gives three more for its end.
  const out = Buffer.allocUnsafe(bytes.length * 4 + 16);
  let [to, column] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    const isLast = i === bytes.length - 1;
    const literal =
      byte > 0x20 ? byte < 0x7f && byte !== equals : (byte === 0x20 || byte === 0x09) && !isLast;
    const width = literal ? 1 : 3;
    // The last of a line needs no room for the sign that it goes on.
    if (column + width > (isLast ? longest : longest - 1)) {
      out[to++] = equals;
      out[to++] = cr;
      out[to++] = 0x0a;
      column = 0;
    }
    if (literal) out[to++] = byte;
    else {
      out[to++] = equals;
      out[to++] = hex[byte >> 4]!;
      out[to++] = hex[byte & 15]!;
    }
    column += width;
  }
  return out.toString("latin1", 0, to);
}
