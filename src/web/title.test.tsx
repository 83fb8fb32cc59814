import { describe, expect, test } from "vitest";
import { toPlainText } from "../lib/plain-text.ts";
import { cutAtCharacter } from "./cut.ts";
import { Headline, LineTitle } from "./title.tsx";

const paper = (title: string) => ({ title, titleText: toPlainText(title) });
const headline = (title: string) => String(<Headline paper={paper(title)} />);
const line = (title: string) => String(<LineTitle paper={paper(title)} />);

describe("headlines", () => {
  test.each([
    ["Soohak: A Benchmark", 'Soohak: <span class="rest">A Benchmark</span>'],
    ["One: Two: Three", 'One: <span class="rest">Two: Three</span>'],
    ["No colon here", "No colon here"],
    ["Ratio 3:1 matters", "Ratio 3:1 matters"],
    [": begins oddly", ": begins oddly"],
    ["Self-Play for All", '<span class="nb">Self-Play</span> for All'],
    ["Qwen-2.0 Report", '<span class="nb">Qwen-2.0</span> Report'],
    ["A <b>bold</b> & title", "A bold &amp; title"],
    ["", "(no title given)"],
  ])("%j", (title, expected) => {
    expect(headline(title)).toBe(expected);
  });

  test("a long beginning is no name", () => {
    expect(headline(`${"long ".repeat(13)}end: of it`)).not.toContain("rest");
  });

  test("a long compound may break", () => {
    expect(headline("Mixture-of-Heterogeneous-Experts")).not.toContain("nb");
  });

  test("a name may hold a formula", () => {
    expect(headline("A$^2$ATS: Attention")).toMatch(
      /^A<math>.*<\/math>ATS: <span class="rest">Attention<\/span>$/,
    );
  });

  test("script stays text", () => {
    expect(headline("<script>alert(1)</script>: x")).toBe(
      '&lt;script&gt;alert(1)&lt;/script&gt;: <span class="rest">x</span>',
    );
  });

  test("an endless title is cut", () => {
    expect(headline("x".repeat(100_000)).length).toBeLessThan(310);
  });
});

test("in lines only the name is bold", () => {
  expect(line("Soohak: A Benchmark")).toBe("<b>Soohak:</b> A Benchmark");
  expect(line("No colon")).toBe("No colon");
});

test("text is cut between characters as readers see them", () => {
  expect(cutAtCharacter("short", 10)).toBe("short");
  expect(cutAtCharacter("ab👩‍👩‍👧‍👦cd", 6)).toBe("ab…");
  expect(cutAtCharacter("one two three", 4)).toBe("one…");
});
