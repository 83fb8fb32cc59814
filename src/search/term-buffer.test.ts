import { expect, test } from "vitest";
import { ByteWriter } from "./bytes.ts";
import { TermBuffer } from "./term-buffer.ts";

const count = 300_000;
/** One place in the abstract, as its record says it. */
const code = 4;
const record = new Uint8Array(8).fill(5);

function fill(buffer: TermBuffer, docOf: (i: number) => number): void {
  for (let i = 0; i < count; i += record.length) {
    for (let k = i; k < i + record.length; k++) buffer.addPosting(docOf(k), code);
    buffer.addRecords(record, 0, record.length);
  }
}

test("what is long is brought into order and written in short steps", () => {
  const buffer = new TermBuffer();
  fill(buffer, (i) => (i * 7) % count);
  let steps = 0;
  for (const _ of buffer.sort()) steps++;
  expect(steps).toBeGreaterThan(6 * (count >> 14));
  expect(buffer.list().docs).toEqual(Int32Array.from({ length: count }, (_, i) => i));
  const whole = new ByteWriter();
  buffer.writePlaces(whole);
  const written: number[] = [];
  const out = new ByteWriter();
  let longest = 0;
  for (const _ of buffer.writeLongPlaces(out)) {
    longest = Math.max(longest, out.length);
    for (const byte of out.view()) written.push(byte);
    out.clear();
  }
  expect(longest).toBeLessThanOrEqual(1 << 19);
  expect(Uint8Array.from(written)).toEqual(whole.view());
});
