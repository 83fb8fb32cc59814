// Which passwords are taken (ASVS 5.0.0, 6.2): length before everything, no rules of composition, nothing that can be guessed
// from the person, the place or a habit. Pure.

/** ASVS 6.2.1 and 6.2.9: 15 at least, far more than 64 allowed. In characters. */
export const shortestPassword = 15;
export const longestPassword = 200;

export type PasswordProblem = "short" | "long" | "repeated" | "personal" | "common";

/** What people type when they must type much: words of every list of common passwords, and of this place. */
const commonWords = [
  ..."password passwort motdepasse contrasena letmein welcome iloveyou princess superman batman".split(" "),
  ..."football baseball sunshine monkey dragon master shadow trustno qwerty qwertz azerty asdfgh zxcvbn".split(
    " ",
  ),
  ..."admin administrator changeme secret default broadsheet arxiv papers correcthorsebatterystaple".split(
    " ",
  ),
];

const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
];
const runs = rows.flatMap((row) => [row, [...row].reverse().join("")]);

/** Null when it is taken. `of` are words of the person: the address, the name. */
export function checkPassword(password: string, of: readonly string[]): PasswordProblem | null {
  const length = [...password].length;
  if (length < shortestPassword) return "short";
  if (length > longestPassword) return "long";
  const plain = password.normalize("NFKC").toLowerCase();
  if (isRepeated(plain)) return "repeated";
  if (leftOf(plain, personalWords(of)) < shortestLeft) return "personal";
  return leftOf(plain, [...commonWords, ...runsIn(plain)]) < shortestLeft ? "common" : null;
}

/** So many characters must be left when what anybody would try is taken away. */
const shortestLeft = 6;

/** "abcabcabcabcabc": a short piece again and again, or less than five different characters. */
function isRepeated(text: string): boolean {
  if (new Set(text).size < 5) return true;
  return /^(.{1,7}?)\1{2,}.{0,7}$/su.test(text);
}

function personalWords(of: readonly string[]): string[] {
  return of.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);
}

/** Runs of an alphabet or of a keyboard, of four and more. */
function runsIn(text: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length; start++) {
    let length = 4;
    while (
      start + length <= text.length &&
      runs.some((run) => run.includes(text.slice(start, start + length)))
    )
      length++;
    if (length > 4) found.push(text.slice(start, start + length - 1));
  }
  return found;
}

/** Letters and digits that are left when the words are gone. */
function leftOf(text: string, words: readonly string[]): number {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, word) => left.replaceAll(word, " "), text);
  return [...rest.replace(/\s+/g, "")].length;
}

const explanations: Record<PasswordProblem, string> = {
  short: `At least ${shortestPassword} characters: a sentence is easy to keep in mind.`,
  long: `At most ${longestPassword} characters.`,
  repeated: "It repeats itself; choose one that does not.",
  personal: "It is little more than your address; choose one that has nothing to do with it.",
  common: "It is made of what everybody tries first; choose other words.",
};

/** One sentence for the person who typed it. */
export function explainPassword(problem: PasswordProblem): string {
  return explanations[problem];
}
