import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { toPlainText } from "./plain-text.ts";

const cases: [string, string][] = [
  // Nothing to do.
  ["A plain title, with (brackets) and 50x: fine", "A plain title, with (brackets) and 50x: fine"],
  ["fewer parameters and <0.5MB model size", "fewer parameters and <0.5MB model size"],
  ["whole >= Sparts", "whole >= Sparts"],
  ["<image, reasoning-question> pairs", "<image, reasoning-question> pairs"],
  ["Filling in the _______", "Filling in the _______"],
  ["K-Means++ and K-Means||", "K-Means++ and K-Means||"],
  [
    "∞-former: Readability ≠ Learnability of 𝜆 and M²IV",
    "∞-former: Readability ≠ Learnability of 𝜆 and M²IV",
  ],
  ["<script>alert(1)</script><img src=x>", "<script>alert(1)</script><img src=x>"],
  // White space and what cannot be seen.
  ["  two  spaces\n and\u2028lines\u00a0here\t", "two spaces and lines here"],
  ["Object Detection \u00ad SNIP", "Object Detection SNIP"],
  ["bell\u0007, bidi \u202egnp.exe, zero\u200bwidth, \ufeffmark", "bell, bidi gnp.exe, zerowidth, mark"],
  ["half \ud835 pair", "half \ufffd pair"],
  ["e\u0301 and ｆｕｌｌ stay NFC, not NFKC", "é and ｆｕｌｌ stay NFC, not NFKC"],
  ["Z\u0351\u036b\u0313\u036a\u0302\u036b\u033d", "Z\u0351\u036b\u0313\u036a"],
  // Entities: once.
  ["ecology &amp; evolution &mdash; &#233;&#xE9;&eacute;", "ecology & evolution — ééé"],
  [
    "a literal &amp;lt; stays; &unknown; too; AT&T; &#0;",
    "a literal &lt; stays; &unknown; too; AT&T; \ufffd",
  ],
  // Markup.
  ["[Ru(bpy)<sub>3</sub>]<sup>2+</sup> <i>in vivo</i>", "[Ru(bpy)₃]²⁺ in vivo"],
  ["calaman<fixed-case>C</fixed-case>y at <url>https://x.test/a</url>", "calamanCy at https://x.test/a"],
  ["<jats:p>One</jats:p><jats:p>Two</jats:p>", "One Two"],
  ["Statements with $a<b$ and $b>c$", "Statements with a<b and b>c"],
];

const texCases: [string, string][] = [
  ["A$^2$ATS and $\\mu$KE: E$^2$-RAG", "A²ATS and μKE: E²-RAG"],
  [
    "$\\alpha$, \\alpha and 42\\% of $Q^*$ & \\emph{all} \\textbf{of} {\\it it}",
    "α, α and 42% of Q* & all of it",
  ],
  ["$\\pi_{0.5}$, $\\ell_1$, $W_R$, $N^{*}$, $x_{i,j}$", "π_0.5, ℓ₁, W_R, N*, x_(i,j)"],
  ["$O(d\\log{K})$ in $\\mathbb{R}^n$, $\\mathcal{X}$", "O(d log K) in ℝⁿ, X"],
  ["$\\frac{1}{2}$ $\\frac{a+b}{c}$ $\\sqrt{n}$ $\\sqrt{s_{_{NN}}}$", "1/2 (a+b)/c √n √s_NN"],
  [
    'H\\"{o}lder, Schr\\"odinger, Monge-Amp\\`ere, \\v{C}ech, \\c{c}a, \\\'\\i, {\\L}ukasz',
    "Hölder, Schrödinger, Monge-Ampère, Čech, ça, í, Łukasz",
  ],
  ["D^0-\\bar D^0 Mixing at 10^{-3}", "D⁰-D̄⁰ Mixing at 10⁻³"],
  ["$\\Bz\\to\\pip\\pim$ decays", "Bz→pip pim decays"],
  ["``Invariance'' and `in the Wild' and don't", "“Invariance” and ‘in the Wild’ and don't"],
  ["costs $5 and $10, a price of \\$100", "costs $5 and $10, a price of $100"],
  ["$$ and unclosed $x + y", "$$ and unclosed $x + y"],
  ["p $<$0.05, $\\sim$10", "p <0.05, ∼10"],
  ["\\(x \\in X\\) then \\[y\\]", "x ∈ X then y"],
  ["use `print(x)` and snake_case and {1, 2}", "use `print(x)` and snake_case and {1, 2}"],
  ["\\alpha -- good---yes, 1--2, --flag", "α – good—yes, 1–2, --flag"],
  ["plain -- ascii --- dashes", "plain -- ascii --- dashes"],
  [
    "see \\url{http://q.test/~a_b} or \\href{https://a.test}{this page}",
    "see http://q.test/~a_b or this page (https://a.test)",
  ],
  ['don\\\'t say \\"quoted\\"', 'don\'t say "quoted"'],
  ["\\textcolor{red}{text} \\begin{equation}x\\end{equation} \\operatorname*{argmax}", "text x argmax"],
  ["$\\foo<img src=x onerror=alert(1)>$", "foo<img src=x onerror=alert(1)>"],
  ["lost braces: \\emphn and \\textitmonotone", "lost braces: n and monotone"],
  ["Theorem~1 of $X$, ~50\\%", "Theorem 1 of X, ~50%"],
  ["$x \\not= y$ \\footnote{a remark}", "x ≠ y (a remark)"],
];

describe("toPlainText", () => {
  test.each([...cases, ...texCases])("%j", (given, expected) => {
    expect(toPlainText(given)).toBe(expected);
  });

  test("survives nesting beyond its depth limit", () => {
    expect(toPlainText(`$${"{".repeat(5_000)}x$ end`)).toContain("x");
    expect(toPlainText(`$${"\\frac{1}{".repeat(200)}x$ end`)).toMatch(/end$/);
    expect(toPlainText(`\\emph${"{".repeat(200)}x${"}".repeat(200)} end`)).toBe("x end");
  });

  const endless = [
    "$",
    "$a",
    "{",
    "}",
    "\\",
    "\\a{",
    "\\'",
    "^{",
    "$^",
    "_{",
    "`",
    "``",
    "`a'",
    "<i ",
    "<sub>a",
    "&#1",
  ];
  const heavy = [
    " ",
    "\n",
    "\\--",
    "\u0301",
    "a\u0301\u0302",
    "\\url{",
    "\\frac{",
    "\\(",
    "\\href{a}{",
    "a~",
    "\0",
    "\ud800",
  ];
  test.each([...endless, ...heavy])("takes a megabyte of %j in one pass", (piece) => {
    const result = toPlainText(`\\x ${piece.repeat(1_000_000 / piece.length)}`);
    expect(result.isWellFormed()).toBe(true);
    expect(result.length).toBeLessThanOrEqual(2_000_100);
  });

  const fragment = fc.constantFrom(
    "$",
    "\\",
    "{",
    "}",
    "^",
    "_",
    "`",
    "'",
    "<b>",
    "&amp;",
    "\\frac",
    "\\emph",
    "x",
    " ",
    "\ud83d",
  );
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join("")),
  );
  test("never throws, is well-formed NFC without controls or doubled space, whatever comes", () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const text = toPlainText(given);
        expect(text).toBe(text.normalize("NFC"));
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}]|\s\s|^\s|\s$/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test("leaves letters, digits and simple punctuation alone", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.,:;()?!]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(toPlainText(words.join(" \n"))).toBe(words.join(" "));
      }),
    );
  });
});

test("ASCII loses its white space as other text does", () => {
  const lines = fc.array(fc.constantFrom("a", "We show", " ", "\n", "\r\n", "\t", "\x01", "<b>", "$x$", "."));
  fc.assert(
    fc.property(lines, (parts) => {
      const text = parts.join("");
      expect(toPlainText(`${text} é`)).toBe(`${toPlainText(text)} é`.trimStart());
    }),
  );
});
