import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import {
  formatCopyPass,
  formatMarkPasses,
  isGenuineCopy,
  isGenuineMark,
  type MarkPass,
  markActs,
  parseCopyPass,
  parseMarkPass,
} from "./letter-pass.ts";

const token = "T".repeat(32);
const passes = fc.record<MarkPass>({
  readerPk: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  issue: fc
    .date({ min: new Date("2020-01-01"), max: new Date("2200-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  paperPk: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  act: fc.constantFrom(...markActs),
});

test("what was signed is read, and genuine for its reader alone; the length is that of the room's reckoning", () => {
  fc.assert(
    fc.property(passes, (pass) => {
      const text = formatMarkPasses(pass, token)[pass.act];
      expect(text.length).toBeLessThanOrEqual(46);
      const { signature, ...read } = parseMarkPass(text)!;
      expect(read).toEqual(pass);
      expect(isGenuineMark({ ...pass, signature }, token)).toBe(true);
      expect(isGenuineMark({ ...pass, signature }, "U".repeat(32))).toBe(false);
      const copy = parseCopyPass(formatCopyPass(pass, token))!;
      expect(copy).toMatchObject({ readerPk: pass.readerPk, issue: pass.issue });
      expect(isGenuineCopy(copy, token)).toBe(true);
      // The copy's signature marks nothing.
      expect(isGenuineMark({ ...pass, signature: copy.signature }, token)).toBe(false);
    }),
  );
});

test("another act, paper, issue or reader needs another signature", () => {
  const pass: MarkPass = { readerPk: 7, issue: "2026-05-12", paperPk: 9, act: "more" };
  const { signature } = parseMarkPass(formatMarkPasses(pass, token).more)!;
  for (const change of [{ act: "less" }, { paperPk: 10 }, { issue: "2026-05-13" }, { readerPk: 8 }] as const)
    expect(isGenuineMark({ ...pass, ...change, signature }, token)).toBe(false);
});

test("each act of a paper has a signature that tells nothing of the others", () => {
  const passes = Object.values(formatMarkPasses({ readerPk: 7, issue: "2026-05-12", paperPk: 9 }, token));
  const signatures = passes.map((text) => parseMarkPass(text)!.signature);
  expect(new Set(signatures).size).toBe(3);
  for (const [i, text] of passes.entries()) {
    const { act } = parseMarkPass(text)!;
    expect(act).toBe(markActs[i]);
    const genuine = signatures.map((signature) =>
      isGenuineMark({ readerPk: 7, issue: "2026-05-12", paperPk: 9, act, signature }, token),
    );
    expect(genuine).toEqual(signatures.map((_, other) => other === i));
  }
});

test("links of letters that were sent before go on working", () => {
  const pass = parseMarkPass("7.fvt.9.m.m-kFG2oHxKW6GJrofApF-A")!;
  expect(isGenuineMark(pass, token)).toBe(true);
  expect(isGenuineMark({ ...pass, act: "less" }, token)).toBe(false);
  expect(isGenuineMark(pass, "U".repeat(32))).toBe(false);
  const copy = parseCopyPass("7.fvt.u1fDZ04eCFMzvx2yXmYszQ")!;
  expect(isGenuineCopy(copy, token)).toBe(true);
  expect(isGenuineCopy({ ...copy, readerPk: 8 }, token)).toBe(false);
});

test("nonsense is no pass", () => {
  for (const text of [
    "",
    "x",
    "1.2.3.m",
    `1.2.3.x.${"A".repeat(22)}`,
    `1.2.3.m.${"A".repeat(21)}é`,
    "1.2.3.m.../etc",
  ])
    expect([parseMarkPass(text), parseCopyPass(text)]).toEqual([null, null]);
  expect(parseCopyPass(`1.zzzz.${"A".repeat(22)}`)?.issue).toMatch(/^\d{4}-/);
});
