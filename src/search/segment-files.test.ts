import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { memorySource } from "./byte-source.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { IndexDamage } from "./damage.ts";
import { FileSegment } from "./file-segment.ts";
import { FileSource } from "./file-source.ts";
import { BoundedCache, createCaches } from "./index-cache.ts";
import { IntList } from "./int-list.ts";
import { LiveSegment } from "./live-segment.ts";
import { LiveSource } from "./live-source.ts";
import { readRecord, skipRecord, writeRecord } from "./place-records.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { postingsPerStep } from "./rising-postings.ts";
import { packFrequencies } from "./scoring.ts";
import type { SearchDocument } from "./search.ts";
import { fieldShift, type Segment } from "./segment.ts";
import { type BuildSource, buildSegment } from "./segment-build.ts";
import { memorySink } from "./segment-output.ts";
import { decodeStored, writeStored } from "./stored-paper.ts";
import { TermBuffer } from "./term-buffer.ts";

function build(sources: BuildSource[], cacheBytes = 1 << 20): FileSegment {
  const sink = memorySink();
  const steps = buildSegment(sources, sink);
  while (!steps.next().done);
  const source = memorySource("test", sink.bytes());
  return new FileSegment({ source, caches: createCaches(cacheBytes), removed: new RemovedPapers() });
}

function liveOf(documents: SearchDocument[]): LiveSegment {
  const live = new LiveSegment();
  for (const document of documents) live.add(document);
  return live;
}

/** Everything a segment tells, by stem and key. */
function tell(segment: Segment, stems: string[]) {
  return stems.map((stem) => {
    const term = segment.findTerm(stem);
    if (term < 0) return { stem, papers: [] };
    const positions = segment.openPositions(term);
    const { docs, codes } = segment.readPostings(term);
    const papers = [...docs].map((doc, i) => {
      positions.moveTo(doc);
      const places = [...positions.data.subarray(positions.start, positions.end)];
      return { key: segment.keyOf(doc), code: codes[i], places, lengths: segment.lengths[doc] };
    });
    return { stem, papers: papers.sort((a, b) => a.key - b.key) };
  });
}

const vocabulary = Array.from({ length: 60 }, (_, i) => `w${i.toString(36)}${"x".repeat(i % 5)}`);
const text = fc
  .array(fc.constantFrom(...vocabulary, "common"), { maxLength: 30 })
  .map((words) => words.join(" "));
const documents = fc.uniqueArray(
  fc.record({
    key: fc.integer({ min: 0, max: 0xffffffff }),
    id: fc.string({ unit: "grapheme", maxLength: 12 }),
    title: text,
    abstract: text,
    authors: fc.array(text, { maxLength: 2 }),
  }),
  { selector: ({ key }) => key, maxLength: 30 },
);

/** One word in all of them, in the titles of every other; its places alone are longer than what is read at once. */
const commonPapers = Array.from({ length: 6_000 }, (_, key) => ({
  key,
  id: "",
  title: key % 2 === 0 ? `common w${key % 7}` : "",
  abstract: "common ".repeat(30 + (key % 30)),
  authors: [],
}));

describe("a sealed segment", () => {
  test("tells what the live one told, from memory or without a cache", () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(0, 1 << 20), (all, cacheBytes) => {
        const live = liveOf(all);
        const sealed = build([new LiveSource(live)], cacheBytes);
        const stems = [...live.postings.terms.stems, "missing"];
        expect(tell(sealed, stems)).toEqual(tell(live, stems));
        for (const { key, id, title } of all) {
          const doc = sealed.findKey(key);
          expect(sealed.readPaper(doc)).toEqual({ id, title });
          expect(sealed.titleHashOf(doc)).toBe(live.titleHashOf(live.findKey(key)));
        }
        expect(sealed.listStems("w", 1000).sort()).toEqual(live.listStems("w", 1000).sort());
      }),
      { numRuns: 60 },
    );
  });

  test("merging parts gives what sealing the whole gives, byte for byte", () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 4 }), (all, parts) => {
        const split = Array.from({ length: parts }, (_, part) => all.filter((_, i) => i % parts === part));
        const sealed = split.map((some) => new FileSource(build([new LiveSource(liveOf(some))])));
        const merged = build(sealed);
        const whole = build([new LiveSource(liveOf(all))]);
        expect(merged.source.read(0, merged.source.size)).toEqual(whole.source.read(0, whole.source.size));
      }),
      { numRuns: 60 },
    );
  });

  test("what every query asks of common terms is stored: no postings are read for it", () => {
    const sealed = build([new LiveSource(liveOf(commonPapers))]);
    const live = build([new LiveSource(liveOf(commonPapers.slice(0, 4_000)))]);
    const term = sealed.findTerm("common");
    const stored = sealed.readPostings(term);
    const askedOf = ({ maxBound, maxUntitled, anyCode, titled }: Postings) => ({
      bounds: [maxBound, maxUntitled, anyCode],
      titled: [titled.docs, titled.codes, titled.at],
    });
    const asked = askedOf(stored);
    expect(stored.codesAtHand).toBeNull();
    expect(asked).toEqual(askedOf(makePostings(stored.docs, stored.codes, sealed.lengths)));
    // Of fewer papers nothing is stored beside the postings.
    const few = live.readPostings(live.findTerm("common"));
    expect(few.titled.count).toBe(2_000);
    expect(few.codesAtHand).not.toBeNull();
  });

  test("long terms are merged as short ones are, without what was removed", () => {
    const whole = build([new LiveSource(liveOf(commonPapers))]);
    const gone = (key: number) => key % 3 === 1;
    for (const { key } of commonPapers) if (gone(key)) whole.remove(whole.findKey(key));
    const merged = build([new FileSource(whole)]);
    const without = build([new LiveSource(liveOf(commonPapers.filter(({ key }) => !gone(key))))]);
    expect(merged.source.read(0, merged.source.size)).toEqual(without.source.read(0, without.source.size));
    expect(tell(merged, ["common"])).toEqual(tell(without, ["common"]));
  });

  test("a long list of postings is copied in steps", () => {
    const steps = buildSegment([new LiveSource(liveOf(commonPapers))], memorySink());
    let count = 0;
    while (!steps.next().done) count++;
    expect(count).toBeGreaterThan(10);
  });

  test("the postings of a live segment are counted and brought into order in steps", () => {
    const live = liveOf(
      Array.from({ length: 900 }, (_, key) => {
        const abstract = Array.from({ length: 60 }, (_, i) => `w${(key * 7 + i) % 500}`).join(" ");
        return { key, id: "", title: "", abstract, authors: [] };
      }),
    );
    let count = 0;
    for (const _ of new LiveSource(live).sortTerms()) count++;
    expect(count).toBeGreaterThan(Math.ceil(live.postings.length / postingsPerStep) + 900 / 128);
  });
});

describe("records of places", () => {
  const places = fc.record({
    title: fc.array(fc.nat(600), { maxLength: 6 }),
    abstract: fc.array(fc.nat(20_000), { maxLength: 20 }),
    authors: fc.array(fc.nat(20_000), { maxLength: 6 }),
  });

  test("come back in order of papers, whatever order they came in", () => {
    fc.assert(
      fc.property(fc.array(places, { minLength: 1, maxLength: 40 }), fc.boolean(), (all, backwards) => {
        const papers = all.map(({ title, abstract, authors }, doc) => {
          const data = [title, abstract, authors].flatMap((list, field) =>
            list.sort((a, b) => a - b).map((place) => (field << fieldShift) | place),
          );
          return { doc, code: packFrequencies(title.length, abstract.length, authors.length), data };
        });
        const buffer = new TermBuffer();
        for (const { doc, code, data } of backwards ? papers.toReversed() : papers) {
          const record = new ByteWriter();
          writeRecord(record, code, { data: Int32Array.from(data), start: 0, end: data.length });
          buffer.addPosting(doc, code);
          buffer.addRecords(record.data, 0, record.length);
        }
        expect(buffer.isRising).toBe(!backwards || papers.length === 1);
        for (const _ of buffer.sort());
        expect(buffer.isRising).toBe(true);
        const out = new ByteWriter();
        buffer.writePlaces(out);
        const inSteps = new ByteWriter();
        for (const _ of buffer.writeLongPlaces(inSteps));
        expect(inSteps.view()).toEqual(out.view());
        const reader = new ByteReader(out.view(), 4 * (Math.ceil(papers.length / 8) - 1));
        const list = new IntList();
        for (const { code, data } of papers) {
          const start = reader.at;
          skipRecord(reader, code);
          const end = reader.at;
          reader.at = start;
          readRecord(reader, code, list);
          expect(reader.at).toBe(end);
          expect([...list.data.subarray(0, list.length)]).toEqual(data);
        }
        expect(reader.atEnd).toBe(true);
      }),
    );
  });
});

test("stored papers come back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (id, title) => {
      const out = new ByteWriter(1);
      writeStored({ id, title }, out);
      expect(decodeStored(out.view())).toEqual({ id, title });
    }),
  );
});

test("lists of removed papers come back", () => {
  const removed = new RemovedPapers();
  for (const doc of [9, 2, 9]) removed.add(doc);
  const again = RemovedPapers.decode(removed.encode());
  expect(again.docs()).toEqual([2, 9]);
});

test("of a term only papers that went since are counted", () => {
  const removed = new RemovedPapers([4, 9]);
  const asked: number[] = [];
  const count = () =>
    removed.countWith(1, () => {
      asked.push(removed.count);
      return { docs: Int32Array.of(2, 4, 7, 9), table: null };
    });
  expect([count(), count()]).toEqual([2, 2]);
  removed.add(7);
  removed.add(8);
  removed.add(7);
  expect([count(), count()]).toEqual([3, 3]);
  expect(asked).toEqual([2, 4]);
  expect(new RemovedPapers().countWith(1, () => ({ docs: Int32Array.of(1), table: null }))).toBe(0);
});

test("bytes that are not there are damage", () => {
  const source = memorySource("short", Uint8Array.of(1, 2, 3));
  expect(() => source.read(2, 2)).toThrow(IndexDamage);
  const segment = { source, caches: createCaches(0), removed: new RemovedPapers() };
  expect(() => new FileSegment(segment)).toThrow("short is too short");
});

describe("BoundedCache", () => {
  test("stays within its budget and spares what is used", () => {
    const cache = new BoundedCache<string>(100);
    for (let key = 0; key < 50; key++) {
      cache.set(key, `value ${key}`, 10);
      cache.get(0);
      expect(cache.bytes).toBeLessThanOrEqual(100);
    }
    expect(cache.get(0)).toBe("value 0");
    expect(cache.get(1)).toBeUndefined();
    expect(cache.get(49)).toBe("value 49");
  });

  test("does not keep what would push out most of the rest", () => {
    const cache = new BoundedCache<string>(100);
    cache.set(1, "large", 26);
    expect(cache.get(1)).toBeUndefined();
    expect(cache.bytes).toBe(0);
  });
});
