// Folding of one written word to the plain lower-case form (or forms) under which it is indexed and looked up.

/** Letters that decomposition (NFD) leaves whole. */
const plainLetters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŋ: "n",
  ς: "σ",
};
const unfoldable = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

const greekNames: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  ο: "omicron",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};

/** A run of Latin letters and digits, of Greek ones, one ideograph or kana, or a run of any other script. */
const pieces =
  /[\p{Script=Latin}\p{N}]+|[\p{Script=Greek}]+\p{N}*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})[\p{L}\p{M}])+\p{N}*/gu;

/** NFKC, so that full-width, mathematical and raised or lowered signs are the ordinary ones ("A²ATS" → "A2ATS"). */
export function foldWidth(text: string): string {
  return text.normalize("NFKC");
}

/**
 * Lower case without accents: "Hölder" → ["holder"]. One or two Greek letters are their names ("α" → ["alpha"],
 * "β2" → ["beta2"]); ideographs and kana stand alone. What holds no letter and no digit gives nothing.
 */
export function foldWord(word: string): string[] {
  const lower = foldWidth(word).toLowerCase().normalize("NFD");
  const bare = lower
    .replace(/[\u0300-\u036f]+/g, "")
    .replace(unfoldable, (letter) => plainLetters[letter] ?? letter)
    .normalize("NFC");
  return (bare.match(pieces) ?? []).flatMap(nameGreek);
}

/** Longer runs are words of the Greek language and stay. */
function nameGreek(piece: string): string[] {
  const first = greekNames[piece.charAt(0)];
  if (first === undefined) return [piece];
  const second = greekNames[piece.charAt(1)];
  if (second === undefined) return isGreek(piece.charAt(1)) ? [piece] : [first + piece.slice(1)];
  return greekNames[piece.charAt(2)] === undefined ? [first, second + piece.slice(2)] : [piece];
}

function isGreek(letter: string): boolean {
  return /\p{Script=Greek}/u.test(letter);
}
