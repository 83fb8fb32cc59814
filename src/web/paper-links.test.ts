import { describe, expect, test } from "vitest";
import type { Identifier, Link } from "../papers/paper.ts";
import { listPaperLinks } from "./paper-links.ts";

const show = (links: Link[], identifiers: Identifier[]) =>
  listPaperLinks({ links }, identifiers).map(({ label, href }) => `${label} ${href}`);

describe("links of a paper", () => {
  test("follow from its identifiers", () => {
    expect(
      show(
        [],
        [
          { scheme: "arxiv", value: "2605.00658" },
          { scheme: "doi", value: "10.1000/a<b" },
          { scheme: "acl", value: "2024.acl-long.1" },
          { scheme: "listing", value: "abc" },
        ],
      ),
    ).toEqual([
      "arXiv 2605.00658 https://arxiv.org/abs/2605.00658",
      "DOI 10.1000/a<b https://doi.org/10.1000/a%3Cb",
      "ACL 2024.acl-long.1 https://aclanthology.org/2024.acl-long.1/",
      "PDF https://arxiv.org/pdf/2605.00658",
      "HTML https://arxiv.org/html/2605.00658",
    ]);
  });

  test("old papers have no HTML, and keep the slash of their ids", () => {
    expect(show([], [{ scheme: "arxiv", value: "hep-th/9901001" }])).toEqual([
      "arXiv hep-th/9901001 https://arxiv.org/abs/hep-th/9901001",
      "PDF https://arxiv.org/pdf/hep-th/9901001",
    ]);
    expect(show([], [{ scheme: "arxiv", value: "2311.00001" }])).toHaveLength(2);
  });

  test("an address is shown once, whatever its form", () => {
    const links: Link[] = [
      { kind: "abstract", url: "http://www.arxiv.org/abs/2605.00658v2" },
      { kind: "pdf", url: "https://arxiv.org/pdf/2605.00658.pdf" },
      { kind: "code", url: "https://github.com/a/b" },
      { kind: "code", url: "https://github.com/a/b/" },
    ];
    expect(show(links, [{ scheme: "arxiv", value: "2605.00658" }])).toEqual([
      "arXiv 2605.00658 https://arxiv.org/abs/2605.00658",
      "PDF https://arxiv.org/pdf/2605.00658",
      "HTML https://arxiv.org/html/2605.00658",
      "Code https://github.com/a/b",
    ]);
  });

  test("what is no web address is left out", () => {
    expect(show([{ kind: "project", url: "javascript:alert(1)" }], [])).toEqual([]);
  });
});
