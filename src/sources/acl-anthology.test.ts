// Collections of the ACL Anthology: ids old and new, marked text, names, what was changed afterwards, and damage.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { aclXml, parseAclCollection } from "./acl-anthology.ts";
import type { Entry } from "./format.ts";

const paper = (id: string, fields = "<title>A title</title>") => `<paper id="${id}">${fields}</paper>`;

function collection(papers: string, { id = "2023.test", volume = "1", meta = "" } = {}): string {
  return `<?xml version='1.0' encoding='UTF-8'?><collection id="${id}"><volume id="${volume}" type="proceedings">
    <meta><booktitle>Proceedings of the <fixed-case>T</fixed-case>est</booktitle><month>June 4–6</month><year>2023</year>
    <venue>ws</venue><venue>test</venue>${meta}</meta><frontmatter><bibkey>x</bibkey></frontmatter>${papers}</volume></collection>`;
}

function records(text: string): PaperRecord[] {
  const reading = parseAclCollection(text);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.items.flatMap((item) => item.records);
}

async function readFile(text: string): Promise<Entry[]> {
  async function* stream() {
    yield new TextEncoder().encode(text);
  }
  const entries: Entry[] = [];
  for await (const entry of aclXml.read(stream(), { fileName: "2023.test.xml" })) entries.push(entry);
  return entries;
}

describe("a paper", () => {
  test("whole", () => {
    const fields = `<title>calaman<fixed-case>C</fixed-case>y: <tex-math>O(n^2)</tex-math> Tools for
      <i>Tag</i>alog</title><author id="x"><first>Lester James V.</first><last>Miranda</last></author>
      <author><first/><last>Sudesiqin</last><affiliation>Town</affiliation></author><pages>1–7</pages>
      <abstract>See <url>https://x.test/a</url> for <b>H</b><sub>2</sub>O.</abstract><pdf hash="1"/>
      <doi>10.18653/v1/2023.test-1.7</doi><award>Best Paper</award><pwccode url="https://github.com/a/b"/>`;
    expect(records(collection(paper("7", fields)))).toEqual([
      {
        source: "acl",
        sourceId: "2023.test-1.7",
        identifiers: [
          { scheme: "acl", value: "2023.test-1.7" },
          { scheme: "doi", value: "10.18653/v1/2023.test-1.7" },
        ],
        title: "calamanCy: $O(n^2)$ Tools for Tagalog",
        abstract: "See https://x.test/a for H2O.",
        abstractKind: "abstract",
        authors: [
          { name: "Lester James V. Miranda", family: "Miranda", given: "Lester James V." },
          { name: "Sudesiqin", family: "Sudesiqin", affiliations: ["Town"] },
        ],
        year: 2023,
        venue: "TEST",
        categories: [],
        versions: [],
        links: [
          { kind: "abstract", url: "https://aclanthology.org/2023.test-1.7/" },
          { kind: "pdf", url: "https://aclanthology.org/2023.test-1.7.pdf" },
          { kind: "code", url: "https://github.com/a/b" },
        ],
        journalReference: "Proceedings of the Test, pages 1–7",
        award: "Best Paper",
      },
    ]);
  });

  test.each([
    ["2020.acl", "main", "447", "2020.acl-main.447"],
    ["P19", "1", "7", "P19-1007"],
    ["W18", "54", "2", "W18-5402"],
    ["D19", "1", "12", "D19-1012"],
    ["D19", "50", "12", "D19-5012"],
    ["Q18", "1", "100", "Q18-1100"],
  ])("%s volume %s paper %s is %s", (id, volume, number, expected) => {
    expect(records(collection(paper(number), { id, volume }))[0]?.sourceId).toBe(expected);
  });

  test("retracted, with errata and revisions", () => {
    const fields = `<title>T</title><retracted date="2022-05-06">Not for
      the archive.</retracted><erratum id="1" date="2022-09-20">P18-1188e1</erratum>
      <revision id="1" href="a"/><revision id="2" href="b" date="2023-10-03">Typos</revision>`;
    expect(records(collection(paper("1", fields)))[0]).toMatchObject({
      withdrawn: true,
      updatedOn: "2023-10-03",
      comments: "Retracted 2022-05-06: Not for the archive.; Erratum 2022-09-20; Revision 2023-10-03: Typos",
    });
    expect(records(collection(paper("1")))[0]).not.toHaveProperty("withdrawn");
  });

  test("a workshop without a name goes by its book", () => {
    const text = collection(paper("1")).replace("<venue>test</venue>", "");
    expect(records(text)[0]?.venue).toBe("Proceedings of the Test");
  });

  test("that cannot be read is named and spoils no other", () => {
    const reading = parseAclCollection(collection(paper("x") + paper("2", "") + paper("3")));
    expect(reading).toMatchObject({
      ok: true,
      rejected: ["2023.test-1.x is no id of the Anthology", "2023.test-1.2: it has no title"],
    });
    expect(reading.ok && reading.items).toHaveLength(1);
  });
});

describe("a file", () => {
  test("gives the same papers, one entry each", async () => {
    const text = collection(paper("1") + paper("x") + paper("2"));
    const entries = await readFile(text);
    expect(entries.map(({ entry, ok }) => [entry, ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    const reading = parseAclCollection(text);
    expect(entries.flatMap((entry) => (entry.ok ? entry.item : []))).toEqual(reading.ok && reading.items);
  });

  test("is known by its beginning", () => {
    expect(aclXml.detect(collection(""), "x.xml")).toBe(true);
    expect(aclXml.detect("<rss><channel/></rss>", "x.xml")).toBe(false);
  });

  test("that is cut or foreign is an error that names it", async () => {
    const text = collection(paper("1"));
    expect(parseAclCollection(text.slice(0, -5))).toMatchObject({ ok: false });
    expect(parseAclCollection("<rss/>")).toEqual({ ok: false, reason: "it is no collection but <rss>" });
    await expect(readFile(text.slice(0, -5))).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringMatching(/2023\.test\.xml .*unclosed/),
    });
    await expect(readFile("<rss><a/></rss>")).rejects.toMatchObject({ code: "bad-input" });
  });
});

describe("a real collection", () => {
  const sample = sharedSamples("fixtures/acl/2023.nlposs.excerpt.xml", "a collection of the ACL Anthology");

  test.skipIf(sample.missing)("two papers", () => {
    const [first, second, ...more] = records(sample.text());
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      sourceId: "2023.nlposs-1.1",
      title: "calamanCy: A Tagalog Natural Language Processing Toolkit",
      venue: "NLP-OSS",
      year: 2023,
      authors: [{ name: "Lester James V. Miranda" }],
    });
    expect(second).toMatchObject({
      title: "GPT4All: An Ecosystem of Open Source Compressed Language Models",
      identifiers: [{ value: "2023.nlposs-1.7" }, { value: "10.18653/v1/2023.nlposs-1.7" }],
      authors: [{ name: "Yuvanesh Anand" }, { name: "Richard Guo", affiliations: ["NOMIC AI"] }],
    });
  });
});
