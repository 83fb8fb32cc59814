// The bytes of a stem as dictionaries hold it.

const encoder = new TextEncoder();
let lastStem = "";
let lastBytes: Uint8Array = new Uint8Array(0);

/** As UTF-8. A stem is looked for in one segment after another: its bytes are kept for the next. Valid until the next one's. */
export function encodeStem(stem: string): Uint8Array {
  if (stem !== lastStem) {
    lastStem = stem;
    lastBytes = encodePlain(stem) ?? encoder.encode(stem);
  }
  return lastBytes;
}

const sheet = new Uint8Array(64);

/** Of short plain stems, more quickly than an encoder is called; null for others. Valid until the next. */
function encodePlain(stem: string): Uint8Array | null {
  if (stem.length > sheet.length) return null;
  for (let i = 0; i < stem.length; i++) {
    const code = stem.charCodeAt(i);
    if (code > 127) return null;
    sheet[i] = code;
  }
  return sheet.subarray(0, stem.length);
}
