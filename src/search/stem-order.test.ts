import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { ByteWriter } from "./bytes.ts";
import { compareBytes } from "./dictionary.ts";
import { sortStems, writeStem } from "./stem-order.ts";

const encoder = new TextEncoder();

function sort(stems: readonly string[]): string[] {
  const steps = sortStems(stems);
  for (;;) {
    const step = steps.next();
    if (step.done) return [...step.value].map((i) => stems[i]!);
  }
}

function reference(stems: readonly string[]): string[] {
  return stems.toSorted((a, b) => compareBytes(encoder.encode(a), encoder.encode(b)));
}

test("puts stems into the order of their bytes, whatever script they are in", () => {
  const letters = fc.constantFrom("a", "b", "aa", "é", "λ", "模", "\u{1d6fc}", "\uffee");
  const stem = fc.oneof(
    fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")),
    fc.stringMatching(/^gener[a-c]{1,4}$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(stem, { maxLength: 40 }), (stems) => {
      expect(sort(stems)).toEqual(reference(stems));
    }),
  );
});

test("sorts more stems than are looked at in one step", () => {
  const stems = Array.from({ length: 10_000 }, (_, i) => `w${(i * 7919) % 10_007}`);
  expect(sort(stems)).toEqual(reference(stems));
});

test("writes a stem's bytes", () => {
  for (const stem of ["token", "λογοσ", "a\u{1d6fc}"]) {
    const out = new ByteWriter(1);
    writeStem(stem, out);
    expect(out.view()).toEqual(encoder.encode(stem));
  }
});
