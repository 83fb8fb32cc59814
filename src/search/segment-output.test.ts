import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { bytesPerStep } from "./segment-format.ts";
import { memorySink, SegmentOutput } from "./segment-output.ts";

test("a table is written in short pieces, under the checksum of the whole", () => {
  const sink = memorySink();
  const written: number[] = [];
  const counting = {
    ...sink,
    write(bytes: Uint8Array) {
      written.push(bytes.length);
      sink.write(bytes);
    },
  };
  const output = new SegmentOutput(counting);
  const table = Uint32Array.from({ length: (3 * bytesPerStep) / 4 + 1 }, (_, i) => i * 7);
  for (const _ of output.table("keys", table)) expect(written.at(-1)).toBeLessThanOrEqual(bytesPerStep);
  expect(written.length).toBe(4);
  expect(Buffer.compare(sink.bytes(), new Uint8Array(table.buffer))).toBe(0);
  for (const _ of output.end(0, 0, 1));
  expect(new TextDecoder().decode(sink.bytes())).toContain(
    `"checksum":${crc32(new Uint8Array(table.buffer))}`,
  );
});

test("a section that is longer than its offsets can say is refused, not wrapped", () => {
  const sink = memorySink();
  const output = new SegmentOutput(sink, 1_000);
  output.write(new Uint8Array(1_000));
  output.endSection("inverted");
  output.write(new Uint8Array(600));
  expect(() => output.write(new Uint8Array(401))).toThrow(/longer than 1000 bytes/);
});
