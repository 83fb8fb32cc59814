import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { escapeGivenTex, escapePlainText } from "./tex-escape.ts";

describe("escapePlainText", () => {
  test("escapes what TeX would act on", () => {
    expect(escapePlainText("50% & $5 #1 a_b {x} ~ ^ \\def")).toBe(
      "50\\% \\& \\$5 \\#1 a\\_b \\textbraceleft{}x\\textbraceright{} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}def",
    );
  });

  test("writes accented letters as TeX's", () => {
    expect(escapePlainText("Čapek Müller, Nuñez & Ångström")).toBe(
      `{\\v{C}}apek M{\\"u}ller, Nu{\\~n}ez \\& {\\r{A}}ngstr{\\"o}m`,
    );
    expect(escapePlainText("naïve Łukasz Straße Øre œuvre")).toBe(
      'na{\\"{\\i}}ve {\\L}ukasz Stra{\\ss}e {\\O}re {\\oe}uvre',
    );
  });

  test("leaves letters TeX has no accent for, and other scripts", () => {
    expect(escapePlainText("ế 調べ Δ 🙂 “quoted” – so")).toBe("ế 調べ Δ 🙂 “quoted” -- so");
  });
});

describe("escapeGivenTex", () => {
  test("keeps formulas, writes anew what is around them", () => {
    expect(escapeGivenTex("50% & $cost_{x}$ #1 ~ ^")).toBe(
      "50\\% \\& $cost_{x}$ \\#1 \\textasciitilde{} \\textasciicircum{}",
    );
    expect(escapeGivenTex('Schr\\"odinger \\& \\emph{others} at 42\\%')).toBe(
      'Schr{\\"o}dinger \\& others at 42\\%',
    );
    expect(escapeGivenTex("$\\mu$Zero and $O(n^{2})$")).toBe("$\\mu$Zero and $O(n^{2})$");
  });

  test("takes a dollar that opens nothing, and braces that do not close, as text", () => {
    expect(escapeGivenTex("costs $5")).toBe("costs \\$5");
    expect(escapeGivenTex("} @comment{ $x$")).toBe("\\textbraceright{} @comment\\textbraceleft{} \\$x\\$");
    expect(escapeGivenTex("$a%b$")).toBe("\\$a\\%b\\$");
    expect(escapeGivenTex("ends in \\")).toBe("ends in \\textbackslash{}");
  });
});

/** Braces balance for BibTeX (which knows no backslash) and for TeX, no comment begins, no backslash takes the end. */
function isSafeField(text: string): boolean {
  const forTex = text.replace(/\\./gsu, "");
  return [text, forTex].every(balances) && !/[%\\]/.test(forTex);
}

function balances(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

test("whatever comes in, a field stays closed and nothing is commented out", () => {
  const odd = fc.string({
    unit: fc.constantFrom("\\", "{", "}", "$", "%", "&", "a", "^", "_", "~", " ", "é", "#"),
  });
  fc.assert(
    fc.property(odd, (text) => {
      expect(isSafeField(escapePlainText(text))).toBe(true);
      expect(isSafeField(escapeGivenTex(text))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
