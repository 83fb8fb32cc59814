import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { forEachUnit, listStems } from "./analyzer.ts";

/** "stem" for each position, other spellings behind it in brackets. */
function describeUnits(text: string): string[] {
  const all: string[] = [];
  forEachUnit(text, ({ stems, extras }) => {
    stems.forEach((stem, i) => {
      const beside = extras.filter((extra) => extra.at === i).map((extra) => extra.stem);
      all.push(beside.length > 0 ? `${stem}(${beside.join(" ")})` : stem);
    });
  });
  return all;
}

describe("what text is indexed as", () => {
  test.each([
    ["Attention Is All You Need", ["attent", "is", "all", "you", "need"]],
    ["token-level", ["token(tokenlevel)", "level"]],
    ["token level", ["token", "level"]],
    ["state-of-the-art", ["state", "of", "the", "art"]],
    ["A²ATS", ["a2at"]],
    ["A2ATS", ["a2at"]],
    ["α-divergence", ["alpha(alphadiverg)", "diverg"]],
    ["β₂ and μm", ["beta2", "and", "mu", "m"]],
    ["ΔΣ λόγος", ["delta", "sigma", "λογοσ"]],
    ["LongBench", ["longbench(long bench)"]],
    ["BERTScore", ["bertscor(bert score)"]],
    ["DeepSeek-R1", ["deepseek(deep seek deepseekr1)", "r1"]],
    ["GPT-4 and GPT-3.5", ["gpt(gpt4)", "4", "and", "gpt(gpt3.5)", "3.5"]],
    ["NeRF ViT mAP iPhone PhD", ["nerf", "vit", "map", "iphon", "phd"]],
    ["LLMs llms LLM CNNs GANs", ["llm", "llm", "llm", "cnn", "gan"]],
    ["loss class GPS", ["loss", "class", "gps"]],
    ["the model's O’Brien don't", ["the", "model", "obrien", "dont"]],
    ["C++ and C# or F", ["c++", "and", "c#", "or", "f"]],
    ["Hölder ß Łódź Ørsted", ["holder", "ss", "lodz", "orst"]],
    ["ＦＵＬＬ 𝒜𝓁𝓅𝒽𝒶 ﬁne ½", ["full", "alpha", "fine", "1", "2"]],
    ["大模型 モデル 한국어", ["大", "模", "型", "モ", "デ", "ル", "한국어"]],
    ["fire🔥word 👩‍👩‍👧‍👦 …", ["fire", "word"]],
    ["-dash- end. 1,000 x_1 (TD(λ))", ["dash", "end", "1", "000", "x", "1", "td", "lambda"]],
    ["Z͑ͫ̓ͪ̂ͫ̽͏A̴̵", ["za"]],
    ["İ i̇ ı", ["i", "i", "i"]],
    ["", []],
  ])("%s", (text, expected) => {
    expect(describeUnits(text)).toEqual(expected);
  });

  test("tells where each unit stands", () => {
    const places: string[] = [];
    const text = " Self-attention, (C++) ok";
    forEachUnit(text, (unit, start, end) =>
      places.push(`${text.slice(start, end)}:${unit.starts}:${unit.ends}`),
    );
    expect(places).toEqual(["Self-attention:0,5:4,14", "C++:0:3", "ok:0:2"]);
  });

  test("stops after as many stems as are wanted", () => {
    let stems = 0;
    forEachUnit("word ".repeat(1000), (unit) => (stems += unit.count), 10);
    expect(stems).toBe(10);
  });

  test("looks at the beginning of a run without end, once", () => {
    const units: number[] = [];
    forEachUnit("a".repeat(100_000), (unit) => units.push(unit.raw.length));
    expect(units).toEqual([64]);
  });

  test("gives the same for any text, in order, within bounds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        let last = 0;
        forEachUnit(text, (unit, start, end) => {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(unit.stems).not.toContain("");
          last = end;
        });
        expect(listStems(text)).toEqual(listStems(text));
      }),
    );
  });

  test("case, width and accents do not tell words apart", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12}){0,3}$/), (text) => {
        const wide = text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
        const accented = text.replace(/[aeou]/g, (letter) => `${letter}\u0301`);
        expect(listStems(text.toUpperCase())).toEqual(listStems(text));
        expect(listStems(wide)).toEqual(listStems(text));
        expect(listStems(accented)).toEqual(listStems(text));
      }),
    );
  });
});
