import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { canonicalIdentifier, formatIdentifier, parseIdentifier } from "./identifiers.ts";
import type { Scheme } from "./paper.ts";

const good: [string, Scheme, string, number?][] = [
  ["2606.10420", "arxiv", "2606.10420"],
  ["0704.0001", "arxiv", "0704.0001"],
  ["1412.9999", "arxiv", "1412.9999"],
  ["1501.00001", "arxiv", "1501.00001"],
  ["2606.10420V2", "arxiv", "2606.10420", 2],
  ["arXiv:2606.10420v2", "arxiv", "2606.10420", 2],
  ["oai:arXiv.org:2606.10420", "arxiv", "2606.10420"],
  ["hep-th/9901001", "arxiv", "hep-th/9901001"],
  ["math.GT/0309136", "arxiv", "math/0309136"],
  ["cond-mat/0703772v2", "arxiv", "cond-mat/0703772", 2],
  ["https://arxiv.org/pdf/2606.10420v2.pdf", "arxiv", "2606.10420", 2],
  ["http://www.arxiv.org/abs/hep-th/9901001v3#x", "arxiv", "hep-th/9901001", 3],
  ["arxiv.org/abs/2606.10420?context=cs", "arxiv", "2606.10420"],
  ["https://ar5iv.labs.arxiv.org/html/2606.10420", "arxiv", "2606.10420"],
  ["https://huggingface.co/papers/2606.10420.md", "arxiv", "2606.10420"],
  ["https://doi.org/10.48550/arXiv.2606.10420", "arxiv", "2606.10420"],
  ["10.48550/ARXIV.2606.10420", "arxiv", "2606.10420"],
  ["doi:10.1016/0160-4120(81)90073-8", "doi", "10.1016/0160-4120(81)90073-8"],
  ["https://dx.doi.org/10.1000/ABC.Def", "doi", "10.1000/abc.def"],
  ["https://doi.org/10.1000/a%3Cb%3Ec", "doi", "10.1000/a<b>c"],
  ["DOI: https://doi.org/10.1000/x", "doi", "10.1000/x"],
  ["https://link.springer.com/chapter/10.1007/978-3-031-20083-0_1", "doi", "10.1007/978-3-031-20083-0_1"],
  ["https://dl.acm.org/doi/pdf/10.1145/3292500.3330701.pdf", "doi", "10.1145/3292500.3330701"],
  ["10.64898/2026.07.13.738145", "doi", "10.64898/2026.07.13.738145"],
  [
    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "doi",
    "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
  ],
  ["P19-1001", "acl", "P19-1001"],
  ["https://aclanthology.org/2020.acl-main.447.pdf", "acl", "2020.acl-main.447"],
  ["https://www.aclweb.org/anthology/papers/P/P19/P19-1001/", "acl", "P19-1001"],
  ["https://openreview.net/forum?id=05T81ScPFb", "openreview", "05T81ScPFb"],
  ["https://openreview.net/pdf?id=H1-nGgWC-", "openreview", "H1-nGgWC-"],
  ["openreview:05T81ScPFb", "openreview", "05T81ScPFb"],
  ["conference:iclr2018:123", "conference", "iclr2018:123"],
];

const bad = [
  "",
  " ",
  "2503.0213",
  "1412.99999",
  "2613.00001",
  "2600.00001",
  "0703.0001",
  "2406.105",
  "2606.00000",
  "704.0001",
  "nonsense/9901001",
  "hep-th/0801001",
  "hep-th/99010",
  "math/9913001",
  "2606.10420v0",
  "10.1/x",
  "10.1000/",
  "P19-1",
  "https://example.org/abs/2606.10420",
  "https://arxiv.org/list/cs.CL/new",
  "https://openreview.net/forum?id=<script>",
  "https://doi.org/%E0%A4%A",
  "https://link.springer.com/chapter/10.1007/978-3-031 _31",
  "../../etc/passwd",
  "javascript:alert(1)",
  `10.1000/${"x".repeat(600)}`,
  "__proto__",
  "constructor",
];

describe("parseIdentifier", () => {
  test.each(good)("%s", (text, scheme, value, version) => {
    expect(parseIdentifier(text)).toEqual(
      version === undefined ? { scheme, value } : { scheme, value, version },
    );
    expect(parseIdentifier(` ${text}\n`)).toEqual(parseIdentifier(text));
  });

  test.each(bad)("refuses %j", (text) => {
    expect(parseIdentifier(text)).toBeNull();
  });

  test("reads back what formatIdentifier writes", () => {
    for (const [text] of good) {
      const { version: _, ...identifier } = parseIdentifier(text) ?? { scheme: "arxiv" as const, value: "" };
      expect(parseIdentifier(formatIdentifier(identifier))).toEqual(identifier);
    }
  });

  test("every valid new-style id keeps its digits, in every dress", () => {
    const id = fc
      .tuple(
        fc.integer({ min: 15, max: 90 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 99_999 }),
      )
      .map(
        ([year, month, number]) =>
          `${year}${String(month).padStart(2, "0")}.${String(number).padStart(5, "0")}`,
      );
    fc.assert(
      fc.property(id, (value) => {
        for (const dress of [
          value,
          `https://arxiv.org/abs/${value}`,
          `10.48550/arXiv.${value}`,
          `arxiv:${value}`,
        ]) {
          expect(parseIdentifier(dress)).toEqual({ scheme: "arxiv", value });
        }
      }),
    );
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => parseIdentifier(text) !== undefined));
  });
});

describe("canonicalIdentifier", () => {
  test("takes versions, case and arXiv DOIs out of the way", () => {
    expect(canonicalIdentifier({ scheme: "arxiv", value: "math.GT/0309136v4" })).toEqual({
      scheme: "arxiv",
      value: "math/0309136",
    });
    expect(canonicalIdentifier({ scheme: "doi", value: "10.48550/arXiv.2606.10420" })).toEqual({
      scheme: "arxiv",
      value: "2606.10420",
    });
    expect(canonicalIdentifier({ scheme: "doi", value: "10.1000/ABC" })).toEqual({
      scheme: "doi",
      value: "10.1000/abc",
    });
  });

  test("leaves minted and foreign ids as they are", () => {
    expect(canonicalIdentifier({ scheme: "conference", value: "ICLR2018:A" })).toEqual({
      scheme: "conference",
      value: "ICLR2018:A",
    });
    expect(canonicalIdentifier({ scheme: "arxiv", value: "2503.0213" })).toEqual({
      scheme: "arxiv",
      value: "2503.0213",
    });
  });
});
