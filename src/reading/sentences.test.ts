import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { splitSentences } from "./sentences.ts";

describe("splitSentences", () => {
  test.each([
    [
      "One ends here. Another begins! Does it? Yes.",
      ["One ends here.", "Another begins!", "Does it?", "Yes."],
    ],
    [
      "We follow Smith et al. (2020) and e.g. Fig. 3 shows it.",
      ["We follow Smith et al. (2020) and e.g. Fig. 3 shows it."],
    ],
    [
      "It was shown by Smith et al. However, it fails.",
      ["It was shown by Smith et al.", "However, it fails."],
    ],
    ["Accuracy is 30.4%. The gain is 1.5 points.", ["Accuracy is 30.4%.", "The gain is 1.5 points."]],
    ["Code at https://a.example/b.git. It runs.", ["Code at https://a.example/b.git.", "It runs."]],
    ["We thank J. Smith and A. B. Jones. The end.", ["We thank J. Smith and A. B. Jones.", "The end."]],
    ["It works (see Sec. 4.) Then it stops.", ["It works (see Sec. 4.)", "Then it stops."]],
    ["It is “done.” We go on.", ["It is “done.”", "We go on."]],
    [
      "Ends well, i.e., The Thing vs. Another. 3D wins.",
      ["Ends well, i.e., The Thing vs. Another.", "3D wins."],
    ],
    [
      "Predicting representations.However, it drifts.",
      ["Predicting representations.", "However, it drifts."],
    ],
    ["We use Node.Js and PyTorch.Lightning here.", ["We use Node.Js and PyTorch.Lightning here."]],
    ["Open questions … and more. Done.", ["Open questions … and more.", "Done."]],
    [
      "We present minWM, a framework. minWM runs (cf. minWM by Li et al. minWM). ends not",
      ["We present minWM, a framework.", "minWM runs (cf. minWM by Li et al. minWM). ends not"],
    ],
    ["", []],
    ["   \n ", []],
    ["no stop at all", ["no stop at all"]],
  ])("%s", (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  test("loses no character but white space", () => {
    const words = fc.constantFrom(
      "We",
      "et al.",
      "Fig.",
      "ends.",
      "the",
      "A.",
      "30.4%",
      "x!",
      "(so.)",
      "How?",
      "done.However",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (list) => {
        const text = list.join(" ");
        expect(splitSentences(text).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });

  test("looks at a bounded part of a hostile text", () => {
    const sentences = splitSentences("A. ".repeat(3_000_000));
    expect(sentences.join(" ").length).toBeLessThanOrEqual(20_000);
  });
});
