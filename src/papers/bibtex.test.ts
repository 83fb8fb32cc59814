import { describe, expect, test } from "vitest";
import { arxivRecord, paperRecord } from "../../test/support/world-papers.ts";
import { formatBibtex } from "./bibtex.ts";
import { foldRecords } from "./merging.ts";
import type { Paper, PaperRecord } from "./paper.ts";

function paperOf(...records: PaperRecord[]): Paper {
  return { ...foldRecords(records), pk: 1, id: "k3vq80rd", changeNumber: 1 };
}

function bibtexOf(...records: PaperRecord[]): string {
  return formatBibtex(
    paperOf(...records),
    records.flatMap((record) => record.identifiers),
  );
}

describe("entries", () => {
  test("a preprint is @misc with its arXiv id", () => {
    const record = arxivRecord("2001.00001", {
      title: "The $\\mu$-Calculus of Gödel: 50% & More",
      authors: [
        "Ada Lovelace",
        { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
      ],
      publishedOn: "2020-01-02",
      categories: ["cs.CL"],
    });
    expect(bibtexOf(record)).toBe(
      `@misc{lovelace2020calculus,
  title = {{The $\\mu$-Calculus of G{\\"o}del: 50\\% \\& More}},
  author = {Lovelace, Ada and Rodrigues, Jr, Waldyr A.},
  year = {2020},
  eprint = {2001.00001},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/2001.00001},
}
`,
    );
  });

  test("a paper with a venue is @inproceedings, by the venue's year", () => {
    const printed = paperRecord({
      title: "IM2CAD",
      authors: ["Hamid Izadinia"],
      venue: "CVPR & Friends",
      year: 2021,
      identifiers: [{ scheme: "doi", value: "10.1234/cvpr.2021.1" }],
    });
    expect(bibtexOf(printed, arxivRecord("2001.00001"))).toContain("@inproceedings{");
    expect(bibtexOf(printed)).toBe(`@inproceedings{izadinia2021im2cad,
  title = {{IM2CAD}},
  author = {Izadinia, Hamid},
  booktitle = {CVPR \\& Friends},
  year = {2021},
  doi = {10.1234/cvpr.2021.1},
  url = {https://doi.org/10.1234/cvpr.2021.1},
}
`);
  });

  test("a journal reference makes an @article", () => {
    const entry = bibtexOf(arxivRecord("hep-th/9901001", { journalReference: "Phys. Rev. D 60_1" }));
    expect(entry).toContain("@article{");
    expect(entry).toContain("journal = {Phys. Rev. D 60\\_1}");
    expect(entry).toContain("eprint = {hep-th/9901001}");
  });

  test("a paper of which little is known still has an entry", () => {
    expect(bibtexOf(paperRecord({ source: "listing", title: "Gates" }))).toBe(
      "@misc{anonymousgates,\n  title = {{Gates}},\n}\n",
    );
    expect(bibtexOf(paperRecord({ source: "listing", title: "調べ" }))).toMatch(/^@misc\{anonymous,/);
  });
});

describe("authors", () => {
  test("a collaboration stays whole, also with a comma or an and in it", () => {
    const entry = bibtexOf(
      paperRecord({
        authors: [
          { name: "ATLAS and CMS Collaborations", literal: true },
          { name: "Sudesiqin" },
          { name: "Jürgen Čapek", family: "Čapek", given: "Jürgen" },
          { name: "Evil and More", family: "Evil and More" },
        ],
      }),
    );
    expect(entry).toContain(
      'author = {{ATLAS and CMS Collaborations} and {Sudesiqin} and {\\v{C}}apek, J{\\"u}rgen and {Evil and More}}',
    );
  });

  test("three thousand of them are all named", () => {
    const authors = Array.from({ length: 3_000 }, (_, i) => `Given${i} Family${i}`);
    const line = bibtexOf(paperRecord({ authors }))
      .split("\n")
      .find((found) => found.includes("author ="))!;
    expect(line.split(" and ")).toHaveLength(3_000);
    expect(line).toContain("Family2999, Given2999}");
  });
});

describe("hostile input", () => {
  test("neither title nor name nor address ends its field or begins an entry", () => {
    const entry = bibtexOf(
      paperRecord({
        title: "}, note = {x}}\n@comment{",
        authors: ["} Mallory{", "% Comment"],
        venue: "\\input{/etc/passwd}",
        links: [
          { kind: "site", url: "javascript:alert(1)" },
          { kind: "pdf", url: "https://x.test/}{\\a b%20c" },
        ],
      }),
    );
    expect(entry.match(/^ {2}\w+ = /gm)).toEqual(["  title = ", "  author = ", "  booktitle = ", "  url = "]);
    expect(entry.match(/^@/gm)).toHaveLength(1);
    expect(entry).not.toContain("javascript:");
    expect(entry).toContain("url = {https://x.test/%7D%7B%5Ca%20b%20c}");
    expect(entry).toContain("booktitle = {input/etc/passwd}");
    expect(entry.match(/\{/g)).toHaveLength(entry.match(/\}/g)!.length);
  });

  test("the key holds letters and digits only", () => {
    for (const name of ["O'Brien-Smith", "Čapek", "@comment{", "王"]) {
      const record = paperRecord({
        title: "{On} the $x$ @entry",
        authors: [{ name, family: name }],
        year: 2020,
      });
      expect(bibtexOf(record)).toMatch(/^@misc\{[a-z0-9]+,\n/);
    }
  });
});
