// Letters in mathematical styles. Browsers' MathML (MathML Core) no longer styles by `mathvariant`, so that ℝ must be
// written as the letter it is (Unicode, Mathematical Alphanumeric Symbols).

/** First code points: capitals, small letters, digits, Greek capitals, Greek small letters; 0 where the style has none. */
const alphabets: Record<string, readonly [number, number, number, number, number]> = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce, 0x1d6a8, 0x1d6c2],
  italic: [0x1d434, 0x1d44e, 0, 0x1d6e2, 0x1d6fc],
  "bold-italic": [0x1d468, 0x1d482, 0, 0x1d71c, 0x1d736],
  script: [0x1d49c, 0x1d4b6, 0, 0, 0],
  "bold-script": [0x1d4d0, 0x1d4ea, 0, 0, 0],
  fraktur: [0x1d504, 0x1d51e, 0, 0, 0],
  "double-struck": [0x1d538, 0x1d552, 0x1d7d8, 0, 0],
  "bold-fraktur": [0x1d56c, 0x1d586, 0, 0, 0],
  "sans-serif": [0x1d5a0, 0x1d5ba, 0x1d7e2, 0, 0],
  "bold-sans-serif": [0x1d5d4, 0x1d5ee, 0x1d7ec, 0, 0],
  "sans-serif-italic": [0x1d608, 0x1d622, 0, 0, 0],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6, 0, 0],
};

/** Letters that Unicode had before it had the alphabets. */
const older: Record<string, string> = {
  "italic h": "ℎ",
  "script B": "ℬ",
  "script E": "ℰ",
  "script F": "ℱ",
  "script H": "ℋ",
  "script I": "ℐ",
  "script L": "ℒ",
  "script M": "ℳ",
  "script R": "ℛ",
  "script e": "ℯ",
  "script g": "ℊ",
  "script o": "ℴ",
  "fraktur C": "ℭ",
  "fraktur H": "ℌ",
  "fraktur I": "ℑ",
  "fraktur R": "ℜ",
  "fraktur Z": "ℨ",
  "double-struck C": "ℂ",
  "double-struck H": "ℍ",
  "double-struck N": "ℕ",
  "double-struck P": "ℙ",
  "double-struck Q": "ℚ",
  "double-struck R": "ℝ",
  "double-struck Z": "ℤ",
};

/** Where each kind of letter begins, in the order of the alphabets above. */
const firsts = [0x41, 0x61, 0x30, 0x391, 0x3b1] as const;
const lengths = [26, 26, 10, 25, 25] as const;

/** The text in a style ("double-struck" R → ℝ); characters that the style does not have stay. */
export function styleLetters(text: string, style: string): string {
  const alphabet = alphabets[style];
  if (!alphabet) return text;
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    const kind = firsts.findIndex((first, i) => code >= first && code < first + lengths[i]!);
    if (kind === -1 || alphabet[kind] === 0) return letter;
    return older[`${style} ${letter}`] ?? String.fromCodePoint(alphabet[kind]! + code - firsts[kind]!);
  }).join("");
}
