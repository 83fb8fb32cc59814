import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toPlainText } from "../lib/plain-text.ts";
import { RichText } from "./math.tsx";
import { styleLetters } from "./math-alphabets.ts";
import { renderFormula } from "./mathml.ts";

const show = (given: string) => String(<RichText given={given} plain={toPlainText(given)} />);

describe("formulas", () => {
  test.each([
    ["A$^2$ATS: Attention", "A<math><mrow><msup><mrow></mrow><mn>2</mn></msup></mrow></math>ATS: Attention"],
    ["over $\\mathbb{R}^n$ and", "over <math><mrow><msup><mi>ℝ</mi><mi>n</mi></msup></mrow></math> and"],
    ["if \\(a < b\\)", "if <math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>"],
    ["if $a &lt; b$", "if <math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>"],
  ])("%s", (given, expected) => {
    expect(show(given)).toBe(expected);
  });

  test("display mathematics stays a block", () => {
    expect(show("so $$x=1$$ holds")).toContain('<math display="block">');
  });

  test("colours, styles, wrappers and annotations are dropped", () => {
    const html = show("$\\color{red}x$ $\\pmb{y}$ $\\colorbox{blue}{z}$");
    expect(html).not.toMatch(/ style=|color|span|semantics|annotation/);
    expect(html.match(/<math>/g)).toHaveLength(3);
  });

  test("upright letters keep the one variant that browsers know", () => {
    expect(show("$\\mathrm{d}x$")).toContain('<mi mathvariant="normal">d</mi>');
  });
});

describe("what is no mathematics, or too much of it, is text", () => {
  test.each([
    ["costs $5 and $10", "costs $5 and $10"],
    ["A price of \\$100", "A price of $100"],
    ["$$", "$$"],
    ["unclosed $x + y", "unclosed $x + y"],
    ["$\\undefinedcommand{x}$", "$\\undefinedcommand{x}$"],
    ["$\\href{javascript:alert(1)}{x}$", "$\\href{javascript:alert(1)}{x}$"],
    ["$\\htmlClass{modal-open}{z}$", "$\\htmlClass{modal-open}{z}$"],
  ])("%s", (given, expected) => {
    expect(show(given)).toBe(expected);
  });

  test("long, deep and many", () => {
    expect(renderFormula("x".repeat(501), false)).toBeNull();
    expect(renderFormula("{".repeat(21) + "}".repeat(21), false)).toBeNull();
    expect(renderFormula("\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\a", false)).toBeNull();
    expect(show("$x$ ".repeat(41))).not.toContain("<math");
    expect(show("$x$ ".repeat(40))).toContain("<math");
    expect(show(`$${"x".repeat(490)}$ `.repeat(9))).not.toContain("<math");
  });

  test("sizes are bounded", () => {
    expect(show("$\\rule{999999em}{999999em}$")).toContain('width="10em" height="10em"');
  });

  test("no depth of nesting escapes the renderer", () => {
    expect(renderFormula("\\frac".repeat(120), false)).toBeNull();
    expect(renderFormula(`${"{".repeat(20)}x${"}".repeat(20)}`, false)).toContain("<mi>x</mi>");
  });
});

test("letters in mathematical styles", () => {
  expect(styleLetters("RCx1", "double-struck")).toBe("ℝℂ𝕩𝟙");
  expect(styleLetters("LO", "script")).toBe("ℒ𝒪");
  expect(styleLetters("αΩ", "bold-italic")).toBe("𝜶𝜴");
  expect(styleLetters("x+", "nonsense")).toBe("x+");
});

const shared = join(process.env.BROADSHEET_SHARED ?? "../shared", "hostile-inputs.json");
if (!existsSync(shared)) console.warn(`NOT RUN: hostile inputs, because ${shared} is missing`);
const hostile: { id: string; area: string; input: string }[] = existsSync(shared)
  ? JSON.parse(readFileSync(shared, "utf8"))
  : [];
const shown = hostile.filter(({ area }) => ["latex", "xss", "unicode"].includes(area));

describe.skipIf(shown.length === 0)("hostile titles", () => {
  test.each(shown)("$id is inert", ({ input }) => {
    const html = show(input);
    const tags = [...html.matchAll(/<\/?([a-zA-Z]+)([^>]*)/g)];
    for (const [, name, attributes] of tags) {
      expect(name).toMatch(/^m[a-z]+$/);
      expect(attributes).not.toMatch(/\bon\w+=|style=|href|src/i);
    }
    expect(html.length).toBeLessThan(input.length * 6 + 2_000);
  });
});
