// OAI-PMH: whole answers, the archive's own errors, and everything that must never pass for a last page.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { type OaiPage, parseOaiAnswer, readOaiAnswer } from "./arxiv-oai.ts";
import { categoryOfSet } from "./arxiv-oai-dc.ts";

const head = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-21T21:14:23Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXivRaw" from="2026-11-20">https://archive.test/oai</request>`;

const answer = (body: string) => `${head}${body}</OAI-PMH>`;

function raw(id: string, fields = "<title>A title</title>", header = ""): string {
  return `<record><header ${header}><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-11-20</datestamp>
    <setSpec>cs:cs:LG</setSpec></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id>
    ${fields}</arXivRaw></metadata></record>`;
}

function plain(id: string, authors: string, rest = ""): string {
  return `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-11-20</datestamp></header>
    <metadata><a:arXiv xmlns:a="http://arxiv.org/OAI/arXiv/"><a:id>${id}</a:id><a:created>2026-11-19</a:created>
    <a:authors>${authors}</a:authors><a:title>T</a:title><a:categories>cs.LG</a:categories>${rest}</a:arXiv></metadata></record>`;
}

const list = (records: string, token = "") => answer(`<ListRecords>${records}${token}</ListRecords>`);

function page(text: string): OaiPage {
  const read = parseOaiAnswer(text);
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read;
}

const whole = `<submitter>Ann Example</submitter>
  <version version="v2"><date>Fri, 20 Nov 2026 10:00:00 GMT</date><size>17kb</size><source_type>D</source_type></version>
  <version version="v1"><date>Wed, 18 Nov 2026 19:30:00 GMT</date><size>12kb</size></version>
  <title>On $A^2$
     things</title><authors>Ann Example, Bob M\\"uller (Institute, Town)</authors>
  <categories>cs.LG stat.ML</categories><comments>9 pages</comments><journal-ref>J. Test 1 (2026)</journal-ref>
  <doi>10.1234/ABC</doi><license>http://creativecommons.org/licenses/by/4.0/</license>
  <abstract>  We show it.
  Twice.</abstract>`;

describe("arXivRaw", () => {
  test("gives every version, and the paper's day from the first", () => {
    const { records, responseDate, request, verb } = page(list(raw("2611.00420", whole)));
    expect({ responseDate, request, verb }).toEqual({
      responseDate: "2026-11-21T21:14:23.000Z",
      request: { verb: "ListRecords", metadataPrefix: "arXivRaw", from: "2026-11-20" },
      verb: "ListRecords",
    });
    expect(records).toEqual([
      {
        identifier: "oai:arXiv.org:2611.00420",
        arxivId: "2611.00420",
        datestamp: "2026-11-20",
        sets: ["cs:cs:LG"],
        deleted: false,
        submitter: "Ann Example",
        record: {
          source: "arxiv",
          sourceId: "2611.00420",
          statedAt: "2026-11-20T00:00:00.000Z",
          identifiers: [
            { scheme: "arxiv", value: "2611.00420" },
            { scheme: "doi", value: "10.1234/abc" },
          ],
          title: "On $A^2$ things",
          abstract: "We show it.\n  Twice.",
          abstractKind: "abstract",
          authors: [
            { name: "Ann Example", family: "Example", given: "Ann" },
            { name: "Bob Müller", family: "Müller", given: "Bob", affiliations: ["Institute, Town"] },
          ],
          publishedOn: "2026-11-18",
          updatedOn: "2026-11-20",
          year: 2026,
          categories: ["cs.LG", "stat.ML"],
          versions: [
            { number: 1, submittedAt: "2026-11-18T19:30:00.000Z" },
            { number: 2, submittedAt: "2026-11-20T10:00:00.000Z" },
          ],
          links: [],
          comments: "9 pages",
          journalReference: "J. Test 1 (2026)",
          license: "http://creativecommons.org/licenses/by/4.0/",
        },
      },
    ]);
  });

  test.each([
    ["its source type", "<size>1kb</size><source_type>I</source_type>", true],
    ["its lack of a source", "<size>0kb</size>", true],
    ["nothing", "<size>10kb</size><source_type>D</source_type>", undefined],
  ])("a last version is withdrawn by %s", (_by, marks, withdrawn) => {
    const version = `<version version="v1"><date>Wed, 18 Nov 2026 19:30:00 GMT</date>${marks}</version>`;
    const { records } = page(list(raw("2611.00420", `${version}<title>T</title>`)));
    expect(records[0]?.record?.withdrawn).toBe(withdrawn);
  });

  test("a paper that stands again is not withdrawn, its middle version is", () => {
    const versions = [1, 2, 3].map(
      (n) =>
        `<version version="v${n}"><date>Wed, 1${n} Nov 2026 19:30:00 GMT</date><size>${n === 2 ? 0 : 9}kb</size></version>`,
    );
    const record = page(list(raw("2611.00420", `${versions.join("")}<title>T</title>`))).records[0]?.record;
    expect(record?.withdrawn).toBeUndefined();
    expect(record?.versions.map((version) => version.withdrawn)).toEqual([undefined, true, undefined]);
  });

  test("ids stay text: none loses a zero", () => {
    const ids = ["2606.10420", "0704.0001", "hep-th/9901001", "2606.00010"];
    const { records } = page(list(ids.map((id) => raw(id)).join("")));
    expect(records.map(({ record }) => record?.sourceId)).toEqual(ids);
  });
});

describe("prefix arXiv", () => {
  test("never dates the paper by <created>, which is the current version's day", () => {
    const record = page(list(plain("0806.0412", ""))).records[0]?.record;
    expect(record).toMatchObject({ source: "arxiv-api", updatedOn: "2026-11-19", year: 2008 });
    expect(record).not.toHaveProperty("publishedOn");
  });

  test("keeps authors as they were taken apart", () => {
    const author = (family: string, rest: string) =>
      `<a:author><a:keyname>${family}</a:keyname>${rest}</a:author>`;
    const authors = [
      author("LHCb Collaboration", ""),
      author("da Rocha", "<a:forenames>Roldao</a:forenames>"),
      author("Rodrigues", "<a:forenames>and Waldyr A.</a:forenames><a:suffix>Jr</a:suffix>"),
      author("Zhu", "<a:forenames>L.</a:forenames><a:affiliation>Town</a:affiliation>"),
    ];
    expect(page(list(plain("2611.00420", authors.join("")))).records[0]?.record?.authors).toEqual([
      { name: "LHCb Collaboration", literal: true },
      { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
      { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
      { name: "L. Zhu", family: "Zhu", given: "L.", affiliations: ["Town"] },
    ]);
  });

  test("takes a paper of 3,000 authors", () => {
    const authors = Array.from(
      { length: 3000 },
      (_, index) => `<a:author><a:keyname>Name${index}</a:keyname><a:forenames>A.</a:forenames></a:author>`,
    );
    const { records } = page(list(plain("2611.00420", authors.join(""))));
    expect(records[0]?.record?.authors).toHaveLength(3000);
    expect(records[0]?.record?.authors[2999]?.family).toBe("Name2999");
  });
});

describe("a page among pages", () => {
  const records = raw("2611.00420");

  test("its token is passed on as it stands", () => {
    const token = "verb%3DListRecords%26skip%3D2";
    const given = `<resumptionToken expirationDate='2026-11-22T00:00:00Z'>${token}</resumptionToken>`;
    expect(page(list(records, given))).toMatchObject({
      resumptionToken: token,
      tokenExpiresAt: "2026-11-22T00:00:00.000Z",
    });
  });

  test.each([
    "",
    "<resumptionToken/>",
    "<resumptionToken>\n  </resumptionToken>",
    '<resumptionToken cursor="9"/>',
  ])("%j ends the list", (token) => {
    expect(page(list(records, token)).resumptionToken).toBeNull();
  });

  test("a tombstone needs no metadata", () => {
    const tombstone = `<record><header status="deleted"><identifier>oai:arXiv.org:2611.00001</identifier>
      <datestamp>2026-01-01</datestamp></header></record>`;
    const read = page(list(tombstone)).records[0];
    expect(read).toMatchObject({ arxivId: "2611.00001", deleted: true, record: null });
    expect(read).not.toHaveProperty("reason");
  });

  test("a record that cannot be read has a reason and spoils no other", () => {
    const broken = [
      raw("2611.00420", ""),
      raw("2611.0042"),
      raw("2611.00420").replace("<id>2611.00420</id>", "<id>2611.99999</id>"),
      "<record><metadata/></record>",
      "<record><header><identifier>oai:arXiv.org:2611.00001</identifier></header></record>",
      raw("2611.00420").replaceAll("arXivRaw", "marc"),
    ];
    const { records: read } = page(list(broken.join("") + records));
    expect(read.map(({ reason }) => reason)).toEqual([
      "it has no title",
      'its identifier "oai:arXiv.org:2611.0042" is no arXiv id',
      'its metadata is of "2611.99999"',
      "it has no header",
      "it has no metadata",
      "its metadata is <marc>, none of arXiv's formats",
      undefined,
    ]);
    expect(read.filter(({ record }) => record === null)).toHaveLength(6);
  });

  test("an identifier of another vocabulary is not taken for one", () => {
    const foreign = raw("2611.00420").replace(
      "<datestamp>",
      '<x:identifier xmlns:x="http://evil.test/">oai:arXiv.org:9912.99999</x:identifier><datestamp>',
    );
    expect(page(list(foreign)).records[0]?.arxivId).toBe("2611.00420");
  });

  test("a datestamp at the beginning of time says nothing of when it was stated", () => {
    const stamped = raw("2611.00420").replace("2026-11-20</datestamp>", "1970-01-01</datestamp>");
    const { record, datestamp } = page(list(stamped)).records[0]!;
    expect(datestamp).toBe("1970-01-01");
    expect(record).not.toHaveProperty("statedAt");
  });
});

describe("the archive's own errors", () => {
  test("are values with their code", () => {
    const error = "<error code='noRecordsMatch'>Nothing on that day.</error>";
    expect(parseOaiAnswer(answer(error))).toMatchObject({
      ok: false,
      kind: "protocol",
      code: "noRecordsMatch",
      message: "Nothing on that day.",
      responseDate: "2026-11-21T21:14:23.000Z",
    });
  });

  test("an unknown code is no answer", () => {
    expect(parseOaiAnswer(answer("<error code='teapot'/>"))).toMatchObject({ kind: "broken" });
  });
});

describe("what is no answer is never a last page", () => {
  const records = raw("2611.00420", whole);
  const good = list(records, "<resumptionToken>next</resumptionToken>");

  test("wherever it is cut", () => {
    expect(parseOaiAnswer(good).ok).toBe(true);
    for (let length = 0; length < good.length; length += 1) {
      expect(parseOaiAnswer(good.slice(0, length))).toMatchObject({ ok: false, kind: "broken" });
    }
  });

  test.each([
    ["an empty list", list(""), /list is empty/],
    ["an empty answer", answer(""), /neither a list nor an error/],
    ["a page of a proxy", "<html><body>503</body></html>", /no OAI-PMH answer but <html>/],
    ["the right words in another vocabulary", good.replaceAll("openarchives", "evil"), /no OAI-PMH answer/],
    ["no date", good.replace(/<responseDate>.*<\/responseDate>/, ""), /responseDate/],
    ["an entity bomb", `<!DOCTYPE x [<!ENTITY a "aa">]>${good.slice(39)}`, /document type/],
    ["a control character", good.replace("We show", "We \u0001 show"), /well-formed/],
    ["an unknown entity", good.replace("We show", "We &nbsp; show"), /well-formed/],
  ])("%s", (_name, text, reason) => {
    expect(parseOaiAnswer(text)).toMatchObject({
      ok: false,
      kind: "broken",
      reason: expect.stringMatching(reason),
    });
  });

  test("another encoding, declared or not", () => {
    const latin = Buffer.from(good.replace('\\"u', "ü"), "latin1");
    expect(parseOaiAnswer(latin)).toMatchObject({ kind: "broken", reason: "its bytes are not UTF-8" });
    const declared = Buffer.from(good.replace("UTF-8", "ISO-8859-1"));
    expect(parseOaiAnswer(declared)).toMatchObject({
      kind: "broken",
      reason: expect.stringMatching(/accepted/),
    });
  });

  test("the same from a stream", async () => {
    async function* stream(text: string) {
      yield new TextEncoder().encode(text);
    }
    expect(await readOaiAnswer(stream(good))).toEqual(parseOaiAnswer(good));
    expect(await readOaiAnswer(stream(good.slice(0, -9)))).toMatchObject({ kind: "broken" });
  });
});

test("sets as categories", () => {
  expect(["math:math:MP", "physics:math-ph", "cs:cs:LG", "cs"].map(categoryOfSet)).toEqual([
    "math.MP",
    "math-ph",
    "cs.LG",
    "cs",
  ]);
});

describe("answers of arXiv's own program", () => {
  const samples = sharedSamples("fixtures/arxiv/oai", "answers of arXiv's own OAI-PMH program");
  const read = (name: string) => parseOaiAnswer(samples.bytes(name));

  test.skipIf(samples.missing)("every file is what its name says", () => {
    for (const name of samples.names()) {
      const result = read(name);
      const error = /^err_([A-Za-z]+)/.exec(name)?.[1];
      if (error !== undefined || name.includes("hepph")) {
        const code =
          { noVerb: "badVerb", tokenPlusArg: "badArgument" }[error ?? ""] ?? error ?? "noRecordsMatch";
        expect(result, name).toMatchObject({ ok: false, kind: "protocol", code });
        continue;
      }
      expect(result, name).toMatchObject({ ok: true, verb: name.split(/[_.]/)[0] });
      if (!result.ok) continue;
      expect(
        result.records.filter(({ record }) => record === null),
        name,
      ).toEqual([]);
      for (const { record } of result.records) {
        expect(record!.authors.length, name).toBeGreaterThan(0);
        expect(record!.categories.length, name).toBeGreaterThan(0);
        expect(record!.abstract, name).toBeTruthy();
      }
    }
  });

  test.skipIf(samples.missing)("three pages in a row, the last without a token", () => {
    const tokens = ["p1", "p2", "last"].map((part) => {
      const result = read(`ListRecords_arXiv_${part}.xml`);
      return result.ok ? [result.records.length, result.resumptionToken] : null;
    });
    expect(tokens).toEqual([
      [5, "verb%3DListRecords%26metadataPrefix%3DarXiv%26from%3D2011-02-03%26until%3D2012-12-31%26skip%3D2"],
      [5, "verb%3DListRecords%26metadataPrefix%3DarXiv%26from%3D2011-02-03%26until%3D2012-12-31%26skip%3D7"],
      [5, null],
    ]);
  });

  test.skipIf(samples.missing)("the day of the first version, not of the current one", () => {
    const of = (prefix: string) => {
      const result = read(`GetRecord_${prefix}_0806.4129.xml`);
      return result.ok ? result.records[0]?.record : null;
    };
    expect(of("arXivRaw")).toMatchObject({ publishedOn: "2008-06-25", updatedOn: "2014-12-12" });
    expect(of("arXivRaw")?.versions).toHaveLength(6);
    expect(of("oai_dc")).toMatchObject({ publishedOn: "2008-06-25", updatedOn: "2014-12-12" });
    expect(of("arXiv")).not.toHaveProperty("publishedOn");
  });

  test.skipIf(samples.missing)(
    "withdrawn papers, a large collaboration, and what the archive says of itself",
    () => {
      for (const id of ["0906.3336", "1101.6031", "cond-mat_0703772"]) {
        for (const prefix of ["arXiv", "arXivRaw", "oai_dc"]) {
          const result = read(`GetRecord_${prefix}_${id}.xml`);
          expect(result.ok && result.records[0]?.record?.withdrawn, `${prefix} ${id}`).toBe(true);
        }
      }
      const large = read("GetRecord_arXiv_1102.0348.xml");
      expect(large.ok && large.records[0]?.record?.authors).toHaveLength(589);
      const identify = read("Identify.xml");
      expect(identify.ok && identify.identity).toMatchObject({
        baseUrl: "https://oaipmh.arxiv.org/oai",
        earliestDatestamp: "2005-09-16",
        granularity: "YYYY-MM-DD",
      });
      const sets = read("ListSets.xml");
      expect(sets.ok && sets.sets).toHaveLength(183);
      const formats = read("ListMetadataFormats.xml");
      expect(formats.ok && formats.prefixes).toEqual(expect.arrayContaining(["oai_dc", "arXiv", "arXivRaw"]));
      const identifiers = read("ListIdentifiers.xml");
      expect(identifiers.ok && identifiers.headers).toHaveLength(20);
    },
  );
});
