import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { abstractWords, foldText, listingFingerprint, sharedWordPart, titleKey } from "./title-key.ts";

describe("titleKey", () => {
  const same: string[][] = [
    ["A$^2$ATS: Retrieval-Based Caches", "A2ATS Retrieval based caches", "A²ATS — retrieval‐based Caches."],
    ["Attention is All you Need", "Attention Is All You Need", "Attention is All you Need."],
    ["Pairwise Comparison  A Unified Approach", "Pairwise Comparison: A Unified Approach"],
    ["Maximum Classiﬁer Discrepancy", "Maximum Classifier Discrepancy"],
    ["Learning in Kreı̆n Spaces", "Learning in Kreın Spaces"],
    ['H\\"{o}lderian Error', "Hölderian error", "Holderian Error"],
    ["SD-𝜋XL", "SD-πXL", "$\\text{SD-}\\pi$XL"],
    ["The [Ru(bpy)<sub>3</sub>] &amp; more", "The [Ru(bpy)3] & more"],
    ["ＢＥＲＴ：事前学習", "BERT: 事前学習"],
    ["Straße ΣΑΣ", "STRASSE σας", "STRAẞE Σας"],
    ["Faces `in the Wild'", "Faces 'in the wild'"],
  ];
  test.each(same)("agrees on %s", (first, ...others) => {
    expect(titleKey(first)).not.toBe("");
    for (const other of others) expect(titleKey(other)).toBe(titleKey(first));
  });

  test.each([
    ["LSTD(λ)", "LSTD(μ)"],
    ["Part 1", "Part 2"],
    ["∞-former", "former: x"],
    ["تعلم الآلة", "مقدمة"],
  ])("keeps %s and %s apart", (a, b) => expect(titleKey(a)).not.toBe(titleKey(b)));

  test("is empty for a title without letters or digits", () => {
    expect(titleKey("!!! — ???")).toBe("");
  });

  test("is stable: the key of a key is the key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (title) => {
        expect(titleKey(titleKey(title))).toBe(titleKey(title));
      }),
    );
  });

  test("is stable for every letter there is", () => {
    const letters = Array.from({ length: 0x11_0000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((letter) => /[\p{Lu}\p{Lt}\p{Ll}]/u.test(letter));
    const changing = letters.filter((letter) => titleKey(titleKey(letter)) !== titleKey(letter));
    expect(letters.length).toBeGreaterThan(4_000);
    expect(changing).toEqual([]);
  });

  test("takes megabytes of marks and signs", () => {
    expect(titleKey(`a${"\u0301".repeat(1_000_000)}`)).toBe("a");
    expect(titleKey(`${"🦩".repeat(500_000)}b`)).toBe("b");
  });
});

describe("abstractWords and sharedWordPart", () => {
  test("counts different words, folded", () => {
    expect([...abstractWords("The café, the CAFE — $\\alpha$ and α.")]).toEqual(["the", "cafe", "α", "and"]);
    expect(abstractWords("…").size).toBe(0);
  });

  const words = (text: string) => new Set(text.split(" "));
  test("divides by the smaller abstract, so a cut one still agrees", () => {
    expect(sharedWordPart(words("a b c d"), words("a b c d e f g h"))).toBe(1);
    expect(sharedWordPart(words("a b x y"), words("a b c d"))).toBe(0.5);
  });

  test("divides by the larger one where lengths differ wildly, so a stub agrees with nothing", () => {
    expect(sharedWordPart(words("we show a"), words("we show a new method for the study of x"))).toBe(0.3);
  });

  test("an absent abstract shares nothing", () => {
    expect(sharedWordPart(new Set(), new Set())).toBe(0);
    expect(sharedWordPart(new Set(), words("a"))).toBe(0);
  });

  test("is symmetric, between 0 and 1, and 1 for the same words", () => {
    const set = fc
      .uniqueArray(fc.constantFrom(..."abcdefghijkl"), { minLength: 1 })
      .map((letters) => new Set(letters));
    fc.assert(
      fc.property(set, set, (a, b) => {
        const part = sharedWordPart(a, b);
        expect(part).toBe(sharedWordPart(b, a));
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(1);
        expect(sharedWordPart(a, a)).toBe(1);
      }),
    );
  });
});

describe("listingFingerprint", () => {
  const abstract = `We study $\\alpha$-stable growth. ${"More words follow here. ".repeat(30)}`;

  test("is 24 hex digits, and the same for the same texts in another dress", () => {
    const fingerprint = listingFingerprint("Growth of $\\alpha$", abstract);
    expect(fingerprint).toMatch(/^[0-9a-f]{24}$/);
    expect(listingFingerprint("GROWTH of α.", abstract.replaceAll(" ", "\n  "))).toBe(fingerprint);
    expect(listingFingerprint("Growth of $\\alpha$", `${abstract} A later remark.`)).toBe(fingerprint);
  });

  test("differs with the title and with the beginning of the abstract", () => {
    const fingerprint = listingFingerprint("Withdrawn", abstract);
    expect(listingFingerprint("Withdrawn twice", abstract)).not.toBe(fingerprint);
    expect(listingFingerprint("Withdrawn", `Not so. ${abstract}`)).not.toBe(fingerprint);
    expect(listingFingerprint("Withdrawn", "")).not.toBe(fingerprint);
  });

  test("golden value: changing the recipe would lose every list's papers", () => {
    expect(listingFingerprint("A Title", "An abstract.")).toBe("b742fced443b129580964736");
  });
});

test("plain letters fold as they do beside others", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
      expect(`${foldText(text)}e`).toBe(foldText(`${text}é`));
    }),
  );
});
