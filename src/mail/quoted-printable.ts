// Quoted-printable (RFC 2045 §6.7), line by line: a line of a body is encoded the same wherever it stands, so the long lines
// that the letters of a run share are encoded once.

const longest = 76;
const [cr, equals] = [0x0d, 0x3d];
const hex = Buffer.from("0123456789ABCDEF");
/** What needs no encoding at all: most lines of a plain text part. */
const plainLine = /^(?:[ -<>-~]{0,75}[!-<>-~])?$/;

/** Shorter lines are cheaper to encode than to look up, and few of them come again. */
const leastShared = 1_200;
const mostShared = 400;
/** Lines as given -> encoded, in two generations: what was not asked for through a whole one is forgotten. */
let young = new Map<string, string>();
let old = new Map<string, string>();

/** `clean` makes a line well formed before it is encoded; it may break it. Lines are ended by \n, in the answer by CRLF. */
export function encodeQuotedPrintable(body: string, clean: (line: string) => string): string {
  let encoded = "";
  for (const line of body.split("\n"))
    encoded += `${line.length < leastShared ? encodeText(clean(line)) : encodeShared(line, clean)}\r\n`;
  return encoded.slice(0, -2);
}

function encodeShared(line: string, clean: (line: string) => string): string {
  const known = young.get(line);
  if (known !== undefined) return known;
  const encoded = old.get(line) ?? encodeText(clean(line));
  if (young.size >= mostShared) {
    old = young;
    young = new Map();
  }
  young.set(line, encoded);
  return encoded;
}

function encodeText(text: string): string {
  if (plainLine.test(text)) return text;
  return text.includes("\n") ? text.split("\n").map(encodeLine).join("\r\n") : encodeLine(text);
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
