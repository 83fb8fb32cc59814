// Whether a sentence ends between two words: the rule of tokens.ts, asked of the few characters that lie between them.

const letterThatBegins = /^[\p{Lu}\p{Nd}]/u;
const space = /\s/;
/** ( " “ */
const marksThatBegin = new Set([0x28, 0x22, 0x201c]);

/**
 * Tells whether, from the end of one written unit to the start of the next, a full stop, question or exclamation mark is
 * followed by white space and then by what begins a sentence (which may be the next unit itself).
 */
export function endsSentence(text: string, from: number, to: number): boolean {
  for (let i = from; i + 1 < to; i++) {
    if (!isEnd(text.charCodeAt(i)) || !isSpace(text.charCodeAt(i + 1))) continue;
    let at = i + 2;
    while (at < to && isSpace(text.charCodeAt(at))) at++;
    if (begins(text, at)) return true;
  }
  return false;
}

/** Of . ! ? */
function isEnd(code: number): boolean {
  return code === 0x2e || code === 0x21 || code === 0x3f;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code < 0x80 ? code >= 9 && code <= 13 : space.test(String.fromCharCode(code)));
}

function begins(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (marksThatBegin.has(code)) return true;
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
  return letterThatBegins.test(text.slice(at, at + 2));
}
