// The Porter2 ("Snowball English") stemmer, after Martin Porter's description with the amendments up to Snowball 3.1
// (snowballstem.org/algorithms/english/stemmer.html). Works on lower-case words; step names are those of the description.

const vowels = "aeiouy";
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

/** Longest suffix first within each step; [suffix, replacement]. */
const step2Suffixes: [string, string][] = [
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
];
const step3Suffixes: [string, string][] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["ative", ""],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const step4Suffixes = "ement ance ence able ible ment ant ate ent ion ism iti ive ize ous al er ic".split(
  " ",
);

/** Where the regions R1 and R2 of a word begin. */
interface Regions {
  r1: number;
  r2: number;
}

/** Gives the stem of a lower-case word; words of other scripts come back as they are. */
export function stemWord(word: string): string {
  if (word.length <= 2) return word;
  const whole = wholeWords.get(word);
  if (whole !== undefined) return whole;
  const marked = markConsonantY(word.startsWith("'") ? word.slice(1) : word);
  const regions = findRegions(marked);
  const singular = step1a(step0(marked));
  if (keptAfterPlural.has(singular)) return singular;
  const verbless = step1c(step1b(singular, regions));
  const plain = step4(step3(step2(verbless, regions), regions), regions);
  return step5(plain, regions).replaceAll("Y", "y");
}

function isVowel(letter: string | undefined): boolean {
  return letter !== undefined && letter !== "" && vowels.includes(letter);
}

/** A y that begins the word or follows a vowel is a consonant, written Y. */
function markConsonantY(word: string): string {
  if (!word.includes("y")) return word;
  let marked = "";
  for (const letter of word)
    marked += letter === "y" && (marked === "" || isVowel(marked.at(-1))) ? "Y" : letter;
  return marked;
}

function findRegions(word: string): Regions {
  const special = specialBeginning.exec(word);
  const r1 = special ? special[0].length : regionAfter(word, 0);
  return { r1, r2: regionAfter(word, r1) };
}

/** Just after the first non-vowel that follows a vowel, from `start`; else the end of the word. */
function regionAfter(word: string, start: number): number {
  for (let i = start + 1; i < word.length; i++) {
    if (!isVowel(word[i]) && isVowel(word[i - 1])) return i + 1;
  }
  return word.length;
}

function hasVowel(part: string): boolean {
  return /[aeiouy]/.test(part);
}

function endsInShortSyllable(word: string): boolean {
  if (word === "past") return true;
  const last = word.at(-1) ?? "";
  if (isVowel(last) || !isVowel(word.at(-2))) return false;
  return word.length === 2 || (!isVowel(word.at(-3)) && !"wxY".includes(last));
}

function step0(word: string): string {
  return word.replace(/'s'$|'s$|'$/, "");
}

function step1a(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith("s") || /[us]s$/.test(word)) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function step1b(word: string, { r1 }: Regions): string {
  const suffix = /(?:eedly|eed|ingly|edly|ing|ed)$/.exec(word)?.[0];
  if (suffix === undefined) return word;
  const part = word.slice(0, -suffix.length);
  if (suffix.startsWith("eed")) return part.length >= r1 ? `${part}ee` : word;
  if (suffix === "ing") {
    if (part.length === 2 && part[1] === "y" && !isVowel(part[0])) return `${part[0]}ie`;
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
  const found = step2Suffixes.find(([suffix]) => word.endsWith(suffix));
  if (!found) return word;
  const part = word.slice(0, -found[0].length);
  if (part.length < r1) return word;
  if (found[0] === "ogi" && !part.endsWith("l")) return word;
  if (found[0] === "li" && !liEndings.includes(part.at(-1) ?? "-")) return word;
  return part + found[1];
}

function step3(word: string, { r1, r2 }: Regions): string {
  const found = step3Suffixes.find(([suffix]) => word.endsWith(suffix));
  if (!found) return word;
  const part = word.slice(0, -found[0].length);
  return part.length < (found[0] === "ative" ? r2 : r1) ? word : part + found[1];
}

function step4(word: string, { r2 }: Regions): string {
  const suffix = step4Suffixes.find((candidate) => word.endsWith(candidate));
  if (suffix === undefined) return word;
  const part = word.slice(0, -suffix.length);
  if (part.length < r2) return word;
  return suffix === "ion" && !/[st]$/.test(part) ? word : part;
}

function step5(word: string, { r1, r2 }: Regions): string {
  const part = word.slice(0, -1);
  if (word.endsWith("e")) {
    return part.length >= r2 || (part.length >= r1 && !endsInShortSyllable(part)) ? part : word;
  }
  return word.endsWith("ll") && part.length >= r2 ? part : word;
}
