// A language that nobody speaks, with the statistics of abstracts: few words very often, most words hardly ever. Words are
// kept as bytes in one arena and drawn by one look-up, because a snapshot has some 400 million of them.
import { ByteSheet } from "./snapshot-bytes.ts";

/** Uniform over 32 bits; the same seed gives the same numbers. */
export type Bits = () => number;

/** Mulberry32 (Tommy Ettinger, public domain). */
export function createBits(seed: number): Bits {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Function words with their share of all words in the 709 sampled abstracts, in ten thousandths: 38.6 % together. */
const functionWords = `the 786 of 498 and 252 a 247 in 223 to 175 we 152 is 150 for 116 that 105 with 102 are 79 by 73 this 68
on 67 as 55 an 52 at 50 from 44 be 43 which 41 it 27 can 27 these 27 our 25 two 24 results 23 also 23 show 21 have 21 has 18
between 18 using 16 one 16 or 16 present 16 not 15 such 15 study 15 their 14 new 14 than 13 both 13 its 13 been 12 first 12`;

/** Types of the invented vocabulary. */
const vocabulary = 150_000;
/**
 * Zipf-Mandelbrot: with these the commonest invented word is one in 400, as "model" is in the sample, and a sample of its
 * size holds about as many different words.
 */
const shift = 90;
const exponent = 1.4;
/** Few enough that the table stays in the processor's cache. */
const slots = 1 << 16;

export interface Language {
  /** Writes the next word of running text. */
  word(sheet: ByteSheet): void;
  /** Writes an invented word, however common. */
  noun(sheet: ByteSheet): void;
  /** Draws a name; write it by its number, as often as needed. */
  drawName(): number;
  name(sheet: ByteSheet, number: number): void;
}

/** One in 512 words of running text is new and stays alone: half the types of a corpus occur once. */
const coinMask = 511;

export function createLanguage(seed: number, bits: Bits): Language {
  const arena = new ByteSheet(8 << 20);
  const starts = inventWords(createBits(seed), arena);
  const table = spreadWords();
  const write = (sheet: ByteSheet, word: number) => sheet.copy(arena, starts[word]!, starts[word + 1]!);
  // A slot stands for one word, or for a range of rare ones that the middle bits choose from.
  const wordOf = (slot: number, drawn: number) => {
    const first = table[slot]!;
    return first + ((((drawn >>> 9) & 127) * Math.max(0, table[slot + 1]! - first)) >>> 7);
  };
  let coined = 0;
  return {
    word(sheet) {
      const drawn = bits();
      if ((drawn & coinMask) === 0) coin(sheet, coined++);
      else write(sheet, wordOf(drawn >>> 16, drawn));
    },
    noun(sheet) {
      const drawn = bits();
      write(sheet, wordOf(functionSlots + (((drawn >>> 16) * (slots - functionSlots)) >>> 16), drawn));
    },
    drawName: () => functionEntries.length + (bits() % 60_000),
    name(sheet, number) {
      const from = sheet.at;
      write(sheet, number);
      sheet.capitalise(from);
    },
  };
}

const functionEntries = readEntries(functionWords);
const functionSlots = Math.floor(slots * 0.386);

function readEntries(text: string): { word: string; share: number }[] {
  const parts = text.split(/\s+/);
  return parts.flatMap((word, i) => (i % 2 === 0 ? [{ word, share: Number(parts[i + 1]) }] : []));
}

/** Equally likely slots: the number of the first word of each, and behind the last where they end. */
function spreadWords(): Int32Array {
  const table = new Int32Array(slots + 1);
  const total = functionEntries.reduce((sum, { share }) => sum + share, 0);
  let filled = 0;
  for (const [word, { share }] of functionEntries.entries()) {
    const end = Math.min(functionSlots, filled + Math.ceil((functionSlots * share) / total));
    table.fill(word, filled, end);
    filled = end;
  }
  const rest = slots - functionSlots;
  const power = 1 - exponent;
  const [low, high] = [shift ** power, (vocabulary + shift) ** power];
  for (let slot = 0; slot <= rest; slot++) {
    // Inverse of the cumulative distribution.
    const rank = Math.floor((low + (slot / rest) * (high - low)) ** (1 / power) - shift);
    table[functionSlots + slot] = functionEntries.length + Math.min(vocabulary, rank);
  }
  return table;
}

/** Syllables. */
const lengths = [1, 1, 2, 2, 3];
const onsets = "b c d f g h l m n p r s t v w br cr dr gr pl st tr".split(" ");
const vowels = "a e i o u ea".split(" ");
const codas = ["", "", "", "n", "r", "l", "s"];
const endings = ["", "", "", "s", "al", "ion", "ic", "ed", "ing", "or"];

/** Writes all words one after another, and returns where each begins. */
function inventWords(bits: Bits, arena: ByteSheet): Int32Array {
  const pick = <T>(list: readonly T[]) => list[bits() % list.length]!;
  const known = new Set<string>();
  while (known.size < vocabulary) {
    let word = "";
    for (let syllables = pick(lengths); syllables > 0; syllables--)
      word += pick(onsets) + pick(vowels) + pick(codas);
    word += pick(endings);
    if (word.length > 3) known.add(word);
  }
  const words = [...functionEntries.map(({ word }) => word), ...known];
  const starts = new Int32Array(words.length + 1);
  for (const [i, word] of words.entries()) {
    arena.text(word);
    starts[i + 1] = arena.at;
  }
  return starts;
}

/** A word that nobody used before, nor will again: the number in syllables. */
function coin(sheet: ByteSheet, number: number): void {
  let rest = number;
  for (let i = 0; i < 4; i++) {
    sheet.text(onsets[rest % onsets.length]!);
    rest = Math.floor(rest / onsets.length);
    sheet.text(vowels[rest % vowels.length]!);
    rest = Math.floor(rest / vowels.length);
  }
  sheet.text("x");
}
