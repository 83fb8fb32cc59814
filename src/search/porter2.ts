// The Porter2 ("Snowball English") stemmer, after Martin Porter's description with the amendments up to Snowball 3.1
// (snowballstem.org/algorithms/english/stemmer.html). Works on lower-case words; step names are those of the description.

const doubles = new Set(["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"]);
const liEndings = "cdeghkmnrt";

/** Words with a stem of their own, and words that stay as they are. */
const wholeWords = new Map([
  ["skies", "sky"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map((word) => [word, word] as const),
]);
const keptAfterPlural = new Set(["proceed", "exceed", "succeed"]);
const keptBeforeIng = new Set(["inn", "out", "cann", "herr", "earr", "even"]);
/** Beginnings after which R1 starts, so that "general" and "generate" stay apart. */
const specialBeginning = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/;

/** [suffix, replacement] */
type Rule = readonly [string, string];

/** Longest suffix first within each step. */
const step2Rules = byLastLetter([
  ["ational", "ate"],
  ["fulness", "ful"],
  ["iveness", "ive"],
  ["ization", "ize"],
  ["ousness", "ous"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["tional", "tion"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ation", "ate"],
  ["entli", "ent"],
  ["fulli", "ful"],
  ["iviti", "ive"],
  ["ogist", "og"],
  ["ousli", "ous"],
  ["abli", "able"],
  ["alli", "al"],
  ["anci", "ance"],
  ["ator", "ate"],
  ["enci", "ence"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["ogi", "og"],
  ["li", ""],
]);
const step3Rules = byLastLetter([
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["ative", ""],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
]);
const step4Rules = byLastLetter(
  "ement ance ence able ible ment ant ate ent ion ism iti ive ize ous al er ic"
    .split(" ")
    .map((suffix) => [suffix, ""]),
);

/** Every word of every text that is met for the first time comes here: only rules that can hold are tried. */
function byLastLetter(rules: readonly Rule[]): ReadonlyMap<number, readonly Rule[]> {
  return Map.groupBy(rules, ([suffix]) => lastCode(suffix));
}

function findRule(rules: ReadonlyMap<number, readonly Rule[]>, word: string): Rule | undefined {
  return rules.get(lastCode(word))?.find(([suffix]) => word.endsWith(suffix));
}

/** NaN of an empty word. */
function lastCode(word: string): number {
  return word.charCodeAt(word.length - 1);
}

const [letterD, letterE, letterG, letterL, letterS, letterY] = [..."deglsy"].map((letter) =>
  lastCode(letter),
);
const longestWhole = Math.max(...[...wholeWords.keys()].map(({ length }) => length));

/** Where the regions R1 and R2 of a word begin. */
interface Regions {
  r1: number;
  r2: number;
}

/** Gives the stem of a lower-case word; words of other scripts come back as they are. */
export function stemWord(word: string): string {
  if (word.length <= 2) return word;
  const whole = word.length <= longestWhole ? wholeWords.get(word) : undefined;
  if (whole !== undefined) return whole;
  const marked = markConsonantY(word.startsWith("'") ? word.slice(1) : word);
  const regions = findRegions(marked);
  const singular = step1a(step0(marked));
  if (singular.endsWith("eed") && keptAfterPlural.has(singular)) return singular;
  const verbless = step1c(step1b(singular, regions));
  const plain = step4(step3(step2(verbless, regions), regions), regions);
  const stem = step5(plain, regions);
  return stem.includes("Y") ? stem.replaceAll("Y", "y") : stem;
}

/** A bit for each letter from a: aeiouy. */
const vowels = [..."aeiouy"].reduce((bits, letter) => bits | (1 << (lastCode(letter) - 97)), 0);

/** False before the beginning and behind the end of the word. */
function isVowelAt(word: string, at: number): boolean {
  const letter = word.charCodeAt(at) - 97;
  return letter >= 0 && letter < 26 && ((vowels >> letter) & 1) === 1;
}

/** A y that begins the word or follows a vowel is a consonant, written Y. */
function markConsonantY(word: string): string {
  if (!word.includes("y")) return word;
  let marked = "";
  for (const letter of word)
    marked += letter === "y" && (marked === "" || isVowelAt(marked, marked.length - 1)) ? "Y" : letter;
  return marked;
}

function findRegions(word: string): Regions {
  const special = "gcapuleoi".includes(word.charAt(0)) ? specialBeginning.exec(word) : null;
  const r1 = special ? special[0].length : regionAfter(word, 0);
  return { r1, r2: regionAfter(word, r1) };
}

/** Just after the first non-vowel that follows a vowel, from `start`; else the end of the word. */
function regionAfter(word: string, start: number): number {
  for (let i = start + 1; i < word.length; i++) {
    if (!isVowelAt(word, i) && isVowelAt(word, i - 1)) return i + 1;
  }
  return word.length;
}

function hasVowel(part: string): boolean {
  for (let i = 0; i < part.length; i++) if (isVowelAt(part, i)) return true;
  return false;
}

function endsInShortSyllable(word: string): boolean {
  if (word === "past") return true;
  const last = word.length - 1;
  if (isVowelAt(word, last) || !isVowelAt(word, last - 1)) return false;
  return word.length === 2 || (!isVowelAt(word, last - 2) && !"wxY".includes(word.charAt(last)));
}

function step0(word: string): string {
  return word.includes("'") ? word.replace(/'s'$|'s$|'$/, "") : word;
}

function step1a(word: string): string {
  const last = lastCode(word);
  if (last !== letterS && last !== letterD) return word;
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (last !== letterS || /[us]s$/.test(word)) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function step1b(word: string, { r1 }: Regions): string {
  const last = lastCode(word);
  if (last !== letterD && last !== letterG && last !== letterY) return word;
  const suffix = /(?:eedly|eed|ingly|edly|ing|ed)$/.exec(word)?.[0];
  if (suffix === undefined) return word;
  const part = word.slice(0, -suffix.length);
  if (suffix.startsWith("eed")) return part.length >= r1 ? `${part}ee` : word;
  if (suffix === "ing") {
    if (part.length === 2 && part[1] === "y" && !isVowelAt(part, 0)) return `${part[0]}ie`;
    if (keptBeforeIng.has(part)) return word;
  }
  return hasVowel(part) ? mendVerb(part, r1) : word;
}

/** What is left after a verb ending went: luxuriat -> luxuriate, hopp -> hop, hop -> hope. */
function mendVerb(part: string, r1: number): string {
  if (/(?:at|bl|iz)$/.test(part)) return `${part}e`;
  if (doubles.has(part.slice(-2))) return /^[aeo]..$/.test(part) ? part : part.slice(0, -1);
  return endsInShortSyllable(part) && part.length <= r1 ? `${part}e` : part;
}

function step1c(word: string): string {
  return word.length > 2 && /[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

function step2(word: string, { r1 }: Regions): string {
  const found = findRule(step2Rules, word);
  if (!found) return word;
  const part = word.slice(0, -found[0].length);
  if (part.length < r1) return word;
  if (found[0] === "ogi" && !part.endsWith("l")) return word;
  if (found[0] === "li" && !liEndings.includes(part.at(-1) ?? "-")) return word;
  return part + found[1];
}

function step3(word: string, { r1, r2 }: Regions): string {
  const found = findRule(step3Rules, word);
  if (!found) return word;
  const part = word.slice(0, -found[0].length);
  return part.length < (found[0] === "ative" ? r2 : r1) ? word : part + found[1];
}

function step4(word: string, { r2 }: Regions): string {
  const found = findRule(step4Rules, word);
  if (!found) return word;
  const [suffix] = found;
  const part = word.slice(0, -suffix.length);
  if (part.length < r2) return word;
  return suffix === "ion" && !/[st]$/.test(part) ? word : part;
}

function step5(word: string, { r1, r2 }: Regions): string {
  const last = lastCode(word);
  if (last !== letterE && last !== letterL) return word;
  const part = word.slice(0, -1);
  if (last === letterE) {
    return part.length >= r2 || (part.length >= r1 && !endsInShortSyllable(part)) ? part : word;
  }
  return word.endsWith("ll") && part.length >= r2 ? part : word;
}
