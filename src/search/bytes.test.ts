import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { ByteReader, ByteWriter, readRising, readUint32 } from "./bytes.ts";

const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0xffffffff }));

test("numbers come back as they were written", () => {
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const writer = new ByteWriter(1);
      for (const one of numbers) writer.varint(one);
      const reader = new ByteReader(writer.view());
      expect(numbers.map(() => reader.varint())).toEqual(numbers);
      expect(reader.atEnd).toBe(true);
    }),
  );
});

test("rising numbers come back from their gaps", () => {
  const gap = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 3_000_000 }));
  fc.assert(
    fc.property(fc.array(gap), (gaps) => {
      const writer = new ByteWriter(1);
      for (const one of gaps) writer.varint(one);
      let number = -1;
      const numbers = gaps.map((one) => (number += one + 1));
      const read = new Int32Array(gaps.length);
      readRising(writer.view(), read);
      expect([...read]).toEqual(numbers);
    }),
  );
});

test("a number costs a byte for each seven bits", () => {
  const lengths = [0, 127, 128, 16_383, 16_384, 0xffffffff].map((number) => {
    const writer = new ByteWriter();
    writer.varint(number);
    return writer.length;
  });
  expect(lengths).toEqual([1, 1, 2, 2, 3, 5]);
});

test("bytes and 32-bit numbers stand where they were put", () => {
  const writer = new ByteWriter(2);
  writer.byte(7);
  writer.uint32(0xfedcba98);
  writer.raw(Uint8Array.of(1, 2, 3));
  writer.copy(Uint8Array.of(4, 5, 6, 7), 1, 3);
  expect([...writer.view()]).toEqual([7, 0x98, 0xba, 0xdc, 0xfe, 1, 2, 3, 5, 6]);
  expect(readUint32(writer.view(), 1)).toBe(0xfedcba98);
  writer.clear();
  expect(writer.length).toBe(0);
});

test("a number cut off at the end ends, instead of reading on", () => {
  expect(new ByteReader(Uint8Array.of(0x80, 0x80)).varint()).toBe(0);
});
