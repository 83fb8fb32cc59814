// Titles, abstracts and people, made of words.
import type { Random } from "./random.ts";
import * as words from "./words.ts";

export interface WorldAuthor {
  given: string;
  family: string;
  suffix?: string;
  affiliation?: string;
  /** "Fran\c{c}ois Strau{\ss}": as the authors typed it. */
  tex: string;
}

/** A title that no other paper has: `serial` makes the coined name in it. */
export function makeTitle(random: Random, serial: number): string {
  const name = coinName(serial);
  const { qualities, things, actions, purposes } = words;
  const shapes = [
    () =>
      `${name}: ${capital(random.pick(qualities))} ${capital(random.pick(things))} for ${random.pick(purposes)}`,
    () => `${capital(random.pick(actions))} ${random.pick(things)} with ${name}`,
    () => `On ${random.pick(qualities)} ${random.pick(things)} & the ${name} problem`,
    () => `${name}-${random.pick(words.formulas)} ${random.pick(things)} in ${random.pick(purposes)}`,
    () =>
      `Is ${name} enough? ${capital(random.pick(actions))} ${random.pick(things)} for n<${random.between(2, 9)}`,
    () => `${name}'s conjecture and Schrödinger ${random.pick(things)}`,
  ];
  return random.pick(shapes)();
}

/** A word for a number, different for each: 0 → "Baba", 1 → "Keba". */
function coinName(serial: number): string {
  const { syllables } = words;
  let [rest, name] = [serial, ""];
  do {
    name += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  } while (rest > 0 || name.length < 4);
  return capital(name);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Finds the coined name in a title. */
const coined = new RegExp(`\\b(?:${words.syllables.join("|")}){2,}\\b`, "i");

export function makeAbstract(random: Random, title: string): string {
  const name = title.match(coined)?.[0] ?? "Nobody";
  return random
    .pickSome(words.sentences, random.between(3, 8))
    .map((sentence) => fill(random, sentence, name))
    .join(" ");
}

function fill(random: Random, sentence: string, name: string): string {
  const filled = sentence.replace(/\$([A-Z]+)\b/g, (_all, slot: string) => {
    if (slot === "NAME") return name;
    if (slot === "LOWER") return name.toLowerCase();
    if (slot === "COUNT") return String(random.between(2, 400));
    if (slot === "PERCENT") return `${random.between(1, 40)}.${random.below(10)}\\%`;
    if (slot === "FORMULA") return random.pick(words.formulas);
    if (slot === "PURPOSE") return random.pick(words.purposes);
    if (slot === "ACTION") return random.pick(words.actions);
    return random.pick(slot === "QUALITY" ? words.qualities : words.things);
  });
  return capital(filled);
}

export function makeAuthors(random: Random, count: number): WorldAuthor[] {
  return Array.from({ length: count }, () => makeAuthor(random));
}

function makeAuthor(random: Random): WorldAuthor {
  const [given, givenTex = given] = random.pick(words.givenNames);
  const [family, familyTex = family] = random.pick(words.familyNames);
  const suffix = random.chance(0.02) ? "Jr" : undefined;
  const affiliation = random.chance(0.08) ? random.pick(words.affiliations) : undefined;
  const tex = `${givenTex} ${familyTex}${suffix ? ` ${suffix}` : ""}${affiliation ? ` (${affiliation})` : ""}`;
  return { given, family, tex, ...(suffix && { suffix }), ...(affiliation && { affiliation }) };
}

/** "Ada Bjørnstad Jr": as people read it. */
export function displayName({ given, family, suffix }: WorldAuthor): string {
  return `${given} ${family}${suffix ? ` ${suffix}` : ""}`;
}

/** Mostly few, sometimes many: quarter alone or two, median three, one in a hundred dozens. */
export function drawAuthorCount(random: Random): number {
  if (random.chance(0.01)) return random.between(20, 60);
  return 1 + Math.floor(-Math.log(1 - random.next()) * 3);
}

export function makeComments(random: Random): string | undefined {
  if (random.chance(0.15)) return undefined;
  const pages = `${random.between(4, 60)} pages, ${random.between(1, 20)} figures`;
  return random.chance(0.3)
    ? `${pages}; accepted at the Conference on Nowhere ${random.between(2024, 2027)}`
    : pages;
}
