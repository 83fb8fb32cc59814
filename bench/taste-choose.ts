// What choosing costs: 20,000 readers with 20 saved papers each, 1,500 new papers, on one core. Run by hand:
// node bench/taste-choose.ts [--readers N] [--saved N] [--new N]. Times are processor time. Reads the conference papers below BROADSHEET_SHARED (default
// ../shared). Each reader saves papers near one another; learning is measured too, from papers whose text was read before.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { openRandom, shuffledOrder } from "../src/lib/random.ts";
import { defaultSettings } from "../src/library/settings.ts";
import { backgroundOf } from "../src/library/taste/background.ts";
import { type CandidatePaper, prepareCandidates } from "../src/library/taste/candidates.ts";
import { FeatureReader, type Features } from "../src/library/taste/features.ts";
import { learnTaste } from "../src/library/taste/learn.ts";
import { pickFor } from "../src/library/taste/pick.ts";
import { tasteOf } from "../src/library/taste/taste.ts";
import { parseModel } from "../src/search/meaning/model-file.ts";
import { shippedModelFile } from "../src/search/meaning/shipped-model.ts";

const { values } = parseArgs({
  options: {
    readers: { type: "string", default: "20000" },
    saved: { type: "string", default: "20" },
    new: { type: "string", default: "1500" },
  },
});
const [readers, saved, fresh] = [values.readers, values.saved, values.new].map(Number) as [
  number,
  number,
  number,
];
const now = "2026-05-12T08:00:00.000Z";
const old = 6_000;

interface Line {
  title: string;
  abstract: string;
  authors: string[];
  venue: string;
}

const lines = readLines(old + fresh);
const reader = new FeatureReader(parseModel(readFileSync(shippedModelFile), shippedModelFile));
const background = backgroundOf(reader);
const held = lines.slice(0, old);
const features = held.map((line) => reader.read(line));
const venues = [...Map.groupBy(held.keys(), (i) => held[i]!.venue).values()];

const prepared = timed(() => prepareCandidates(reader, lines.slice(old).map(candidateOf)));
console.log(`${fresh} candidates prepared once in ${prepared.ms.toFixed(0)} ms`);
let learning = 0;
let choosing = 0;
let picks = 0;
const group = 200;
for (let from = 0; from < readers; from += group) {
  const libraries = Array.from({ length: Math.min(group, readers - from) }, (_, r) => examplesOf(from + r));
  const learned = timed(() => libraries.map((examples) => learnTaste(examples, background, now)));
  learning += learned.ms;
  const chosen = timed(() =>
    learned.value.flatMap((one, r) => {
      const taste = tasteOf(one, [{ kind: "category", value: "cs.CL" }], defaultSettings);
      const exclude = new Set(libraries[r]!.map(({ pk }) => pk));
      return pickFor(taste, prepared.value, { limit: 12, now, exclude });
    }),
  );
  choosing += chosen.ms;
  picks += chosen.value.length;
}
const each = (ms: number) => `${(ms / 1000).toFixed(1)} s, ${(ms / readers).toFixed(3)} ms a reader`;
console.log(`${readers} readers with ${saved} saved papers, 12 picks each (${picks} in all)`);
console.log(`learning ${each(learning)}; choosing ${each(choosing)}; both ${each(learning + choosing)}`);
console.log(
  `memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB, of which all texts and libraries of this bench`,
);

function readLines(count: number): Line[] {
  const file = join(process.env.BROADSHEET_SHARED ?? "../shared", "corpus", "conference-papers.jsonl.gz");
  const all = gunzipSync(readFileSync(file)).toString().split("\n").filter(Boolean);
  return [...shuffledOrder(all.length, openRandom(1)).slice(0, count)].map(
    (i) => JSON.parse(all[i]!) as Line,
  );
}

function candidateOf({ title, abstract, authors }: Line, i: number): CandidatePaper {
  const names = authors.map((name) => ({ name }));
  const categories = [["cs.CL", "cs.LG", "cs.CV"][i % 3]!];
  const paper = {
    pk: old + i,
    id: String(i),
    titleText: title,
    abstractText: abstract,
    authors: names,
    categories,
  };
  return { paper, day: "2026-05-12", votes: i % 5 === 0 ? i % 97 : null };
}

/** Papers of one venue mostly, and some of anywhere. */
function examplesOf(r: number) {
  const random = openRandom(2, r);
  const own = venues[random.below(venues.length)]!;
  return Array.from({ length: saved }, (_, i) => {
    const pk = i % 4 === 0 ? random.below(old) : own[random.below(own.length)]!;
    return { kind: "save" as const, pk, title: held[pk]!.title, at: now, features: features[pk] as Features };
  });
}

/** Processor time of this process, which others on the machine do not change. */
function timed<T>(run: () => T): { value: T; ms: number } {
  const start = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(start);
  return { value, ms: (user + system) / 1000 };
}
