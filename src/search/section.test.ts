import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import type { ByteSource } from "./byte-source.ts";
import { runToEnd } from "./in-slices.ts";
import { BoundedCache } from "./index-cache.ts";
import { Section } from "./section.ts";
import { bytesPerStep, pageSize } from "./segment-format.ts";

/** A file of so many pages, all of whose bytes tell their page; none of it is kept, and one may be damaged. */
function openPages(pages: number, damaged = -1): Section {
  const bytesOf = (page: number) => new Uint8Array(pageSize).fill(page % 251);
  const source: ByteSource = {
    name: "made up",
    size: pages * pageSize,
    read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; done += pageSize)
        bytes.set(bytesOf((offset + done) / pageSize).subarray(0, length - done), done);
      return bytes;
    },
    close() {},
  };
  const known = Array.from({ length: 251 }, (_, page) => crc32(bytesOf(page)));
  const checksums = Uint32Array.from(
    { length: pages },
    (_, page) => known[page % 251]! ^ +(page === damaged),
  );
  const cache = new BoundedCache<Uint8Array>(1 << 20);
  return new Section({ source, offset: 0, length: pages * pageSize, checksums, cache, serial: 1 });
}

test("pieces are read wherever they lie, beyond 2 and up to 4 GiB too", () => {
  const pages = 2 ** 32 / pageSize;
  const section = openPages(pages);
  for (const page of [0, 2 ** 31 / pageSize - 1, 2 ** 31 / pageSize, pages - 8]) {
    for (const length of [3, pageSize, 2 * pageSize, 6 * pageSize]) {
      const start = (page + 1) * pageSize - 2;
      const read = section.read(start, start + length);
      const expected = Array.from(read, (_, i) => Math.floor((start + i) / pageSize) % 251);
      expect(Buffer.compare(read, Uint8Array.from(expected))).toBe(0);
      expect(read.length).toBe(length);
    }
  }
});

test("what is read whole is read in short steps, and checked", () => {
  const section = openPages(100);
  const steps = section.readWhole();
  let count = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) count++;
  expect(count).toBe(Math.ceil((100 * pageSize) / bytesPerStep));
  expect(Buffer.compare(step.value, section.read(0, section.length))).toBe(0);
  expect(() => runToEnd(openPages(100, 99).readWhole())).toThrow(/damaged/);
});

test("a stream gives every piece on the way, and says where a page is damaged", () => {
  const section = openPages(40);
  const stream = section.stream();
  for (let start = 0; start < section.length; ) {
    const end = Math.min(section.length, start + 1 + ((start * 7) % (3 * pageSize)));
    expect(Buffer.compare(stream.cut(start, end), section.read(start, end))).toBe(0);
    start = end;
  }
  const broken = openPages(40, 20).stream();
  broken.moveTo(0, 5);
  expect(() => broken.moveTo(20 * pageSize, 20 * pageSize + 1)).toThrow(/damaged/);
});
