// The sample of papers held here that count against for every reader (taste/sample.ts): drawn by seed, prepared once a reader
// of texts and instance.
import type { Db } from "../database/dialect.ts";
import { openRandom } from "../lib/random.ts";
import { findLatestPk, findPapersByPk } from "../papers/papers-store.ts";
import { backgroundOf } from "./taste/background.ts";
import type { FeatureReader } from "./taste/features.ts";
import type { Background } from "./taste/learn.ts";
import { prepareSample, type Sample, samplePapers } from "./taste/sample.ts";

/** Of fewer papers than this a reader's own would be too large a part of the sample. */
const leastHeld = 1_000;

const samples = new WeakMap<FeatureReader, Map<number, Promise<Sample | null>>>();

/** The background that tastes are learned against here. The same collection gives the same one. */
export async function loadBackground(db: Db, reader: FeatureReader): Promise<Background> {
  const known = samples.get(reader) ?? new Map<number, Promise<Sample | null>>();
  samples.set(reader, known);
  const range = leadingDigit(await findLatestPk(db));
  if (range < leastHeld) return backgroundOf(reader);
  const drawn = known.get(range) ?? drawSample(db, reader, range);
  known.set(range, drawn);
  drawn.catch(() => known.delete(range));
  return { ...backgroundOf(reader), sample: await drawn };
}

/** 95,829 → 90,000: the sample changes seldom while papers come. */
function leadingDigit(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return Math.floor(count / unit) * unit;
}

/** Null where too few of those drawn are held. */
async function drawSample(db: Db, reader: FeatureReader, range: number): Promise<Sample | null> {
  const random = openRandom(17, range);
  const pks = new Set(Array.from({ length: 2 * samplePapers }, () => 1 + random.below(range)));
  const papers = await findPapersByPk(db, [...pks]);
  const drawn = [...pks].flatMap((pk) => papers.get(pk) ?? []).slice(0, samplePapers);
  if (drawn.length < samplePapers) return null;
  const features = drawn.map(({ titleText: title, abstractText: abstract, authors }) =>
    reader.read({ title, abstract, authors: authors.map(({ name }) => name) }),
  );
  return prepareSample(features);
}
