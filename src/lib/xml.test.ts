// Strictness and limits of the XML reader: whatever is cut, wrong, hostile or too large is a reason.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { parseXml, readXml, readXmlParts } from "./xml.ts";
import { childOf, childrenOf, childText, elementsOf, rawTextOf, textOf } from "./xml-query.ts";
import type { XmlOptions } from "./xml-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function* chunked(text: string | Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  const all = typeof text === "string" ? bytes(text) : text;
  for (let start = 0; start < all.length; start += length) yield all.subarray(start, start + length);
}

function root(text: string, options?: XmlOptions) {
  const reading = parseXml(text, options);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.root;
}

function reason(input: string | Uint8Array, options?: XmlOptions): string {
  const reading = parseXml(input, options);
  return reading.ok ? "" : reading.reason;
}

describe("reading a tree", () => {
  test("keeps mixed text in its order, with its spaces", () => {
    const title = root("<t>Stereotyped <i>in vivo</i> axon H<sub>2</sub>O</t>");
    expect(rawTextOf(title)).toBe("Stereotyped in vivo axon H2O");
  });

  test("tells elements apart by namespace, not by prefix", () => {
    const r = root('<r xmlns="urn:a" xmlns:x="urn:b"><x:id>wrong</x:id><id>right</id></r>');
    expect(childText(r, { name: "id", namespace: "urn:a" })).toBe("right");
    expect(childText(r, { name: "id", namespace: ["urn:c", "urn:b"] })).toBe("wrong");
    expect(childrenOf(r, { name: "id" })).toHaveLength(2);
    expect(childOf(r, { name: "id", namespace: "urn:c" })).toBeUndefined();
  });

  test("keeps attributes, with the namespace of those that have one, and no declarations", () => {
    const r = root('<r xmlns="urn:a" xmlns:x="urn:b" a="1" x:b="2&amp;3"/>');
    expect([...r.attributes]).toEqual([
      ["a", "1"],
      ["{urn:b}b", "2&3"],
    ]);
  });

  test("takes CDATA and character references as text, whatever they hold", () => {
    const r = root("<r><![CDATA[<script>alert(1)</script>]]>&#65;&lt;</r>");
    expect(rawTextOf(r)).toBe("<script>alert(1)</script>A<");
    expect(elementsOf(r)).toEqual([]);
  });

  test("an empty or blank element has no text", () => {
    const r = root("<r><a/><b>  \n </b></r>");
    expect(childText(r, { name: "a" })).toBeUndefined();
    expect(childText(r, { name: "b" })).toBeUndefined();
    expect(textOf(undefined)).toBeUndefined();
  });

  test("reads the same however the bytes are cut", async () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?>\n<r><a b="ü">Schrödinger 🦩 &amp; co</a><!-- x --><c/></r>';
    const whole = parseXml(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 120 }), async (length) => {
        expect(await readXml(chunked(text, length))).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is not whole or not well-formed", () => {
  const text = '<r xmlns="urn:a"><list><record><id>1</id></record></list></r>';

  test("every shorter beginning is refused", async () => {
    expect(parseXml(text).ok).toBe(true);
    for (let length = 0; length < text.length; length += 1) {
      expect(parseXml(text.slice(0, length)).ok, text.slice(0, length)).toBe(false);
      expect((await readXml(chunked(text.slice(0, length), 7))).ok).toBe(false);
    }
  });

  test.each([
    ["an unclosed list", "<OAI><ListRecords><record></record>", /unclosed/],
    ["an unknown reference", "<r>AT&T and &nbsp;</r>", /not well-formed/],
    ["a control character", "<r>a\u0001b</r>", /not well-formed/],
    ["a control character by reference", '<?xml version="1.1"?><r>&#1;</r>', /not well-formed/],
    ["two roots", "<a/><b/>", /not well-formed/],
    ["an undeclared prefix", "<x:a/>", /not well-formed/],
    ["nothing", "", /root|empty/],
  ])("%s", (_name, given, expected) => {
    expect(reason(given)).toMatch(expected);
  });

  test("says where", () => {
    expect(reason("<r>\n<a></b></r>")).toMatch(/2:\d+/);
  });
});

describe("entities and document types", () => {
  test("an external entity is refused", () => {
    const hostile = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>';
    expect(reason(hostile)).toMatch(/document type/);
    expect(reason(hostile, { allowDoctype: true })).toMatch(/document type/);
  });

  test("a bomb of entities is refused before it grows", () => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><r>&b;</r>`;
    expect(reason(bomb, { allowDoctype: true })).toMatch(/document type/);
  });

  test("a document type that declares nothing passes where it is allowed", () => {
    const feed = '<!DOCTYPE rss PUBLIC "-//X" "http://x.test/rss.dtd"><rss>a</rss>';
    expect(reason(feed)).toMatch(/document type/);
    expect(rawTextOf(root(feed, { allowDoctype: true }))).toBe("a");
  });

  test("further named references only where they were given", () => {
    expect(rawTextOf(root("<r>caf&eacute;</r>", { entities: { eacute: "é" } }))).toBe("café");
    expect(reason("<r>&toString;</r>", { entities: { eacute: "é" } })).toMatch(/not well-formed/);
  });
});

describe("encodings", () => {
  test("UTF-8 with and without its mark", () => {
    expect(parseXml(bytes("\ufeff<r>ü</r>")).ok).toBe(true);
    expect(parseXml(bytes('<?xml version="1.0" encoding="us-ascii"?><r>u</r>')).ok).toBe(true);
  });

  test("bytes that are not what they claim are refused", () => {
    expect(reason(Buffer.from("<r>ü</r>", "latin1"))).toBe("its bytes are not UTF-8");
    expect(reason(bytes("<r>ü</r>").subarray(0, 4))).toBe("its bytes are not UTF-8");
  });

  test.each(["UTF-7", "ISO-8859-1", "utf-16", "x-unknown"])("%s is not accepted", (name) => {
    const text = `<?xml version="1.0" encoding="${name}"?><r>+ADw-script+AD4-</r>`;
    expect(reason(bytes(text))).toMatch(/not accepted/);
    expect(reason(text)).toMatch(/not accepted/);
  });

  test("western feeds where they are expected", () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><r>Müller’s</r>';
    const western = Buffer.from(text.replace("’", "\u0092"), "latin1");
    const reading = parseXml(western, { encodings: "western" });
    expect(reading.ok && rawTextOf(reading.root)).toBe("Müller’s");
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("<r>ü</r>", "utf16le")]);
    expect(parseXml(utf16, { encodings: "western" }).ok).toBe(true);
    expect(reason(utf16)).toMatch(/not accepted/);
    expect(reason(bytes('<?xml version="1.0" encoding="UTF-7"?><r/>'), { encodings: "western" })).toMatch(
      /not accepted/,
    );
  });
});

describe("limits", () => {
  test("bytes, depth and elements", () => {
    expect(reason(`<r>${"a".repeat(100)}</r>`, { byteLimit: 50 })).toBe("it is larger than 50 bytes");
    expect(reason("<a>".repeat(200))).toBe("it nests deeper than 100 elements");
    expect(reason(`<r>${"<a/>".repeat(50)}</r>`, { elementLimit: 20 })).toBe("it has more than 20 elements");
  });

  test("a body without end is cut off at the limit", async () => {
    let sent = 0;
    async function* endless() {
      yield bytes("<r>");
      for (;;) {
        sent += 1;
        yield bytes(`<item>${"x".repeat(1000)}</item>`);
      }
    }
    expect(await readXml(endless(), { byteLimit: 100_000 })).toEqual({
      ok: false,
      reason: "it is larger than 100000 bytes",
    });
    expect(sent).toBeLessThan(110);
  });

  test("other work gets its turn while one large chunk is read", async () => {
    const large = `<r>${"<item>x</item>".repeat(60_000)}</r>`;
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    }, 0);
    expect((await readXml(chunked(large, large.length))).ok).toBe(true);
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
  });
});

describe("parts", () => {
  async function read(text: string, options: XmlOptions = {}) {
    const names: string[] = [];
    let failed: string | null = null;
    for await (const part of readXmlParts(chunked(text, 11), options)) {
      if (part.ok) names.push(`${part.root.name}/${part.element.name}:${rawTextOf(part.element)}`);
      else failed = part.reason;
    }
    return { names, failed };
  }

  test("come one by one, whole", async () => {
    expect(await read("<r>between<a>1<b>2</b></a>\n<c/></r>")).toEqual({
      names: ["r/a:12", "r/c:"],
      failed: null,
    });
  });

  test("those before the damage come, then the reason", async () => {
    const { names, failed } = await read("<r><a>1</a><a>2</a><a>3");
    expect(names).toEqual(["r/a:1", "r/a:2"]);
    expect(failed).toMatch(/unclosed/);
  });

  test("are forgotten: their number is without limit, their size is not", async () => {
    const many = `<r>${"<a>1</a>".repeat(500)}</r>`;
    expect((await read(many, { elementLimit: 10 })).names).toHaveLength(500);
    const large = `<r><a>${"<b/>".repeat(20)}</a></r>`;
    expect((await read(large, { elementLimit: 10 })).failed).toBe("it has more than 10 elements");
  });
});
