import { expect, test } from "vitest";
import { parseAclIndex, yearOfCollection } from "./acl-index.ts";

const read = (text: string) => parseAclIndex(new TextEncoder().encode(text));

test("a tree of the repository, with what tells a changed file", () => {
  const tree = [
    { path: "P19.xml", type: "blob", sha: "b" },
    { path: "2023.nlposs.xml", type: "blob", sha: "a" },
    { path: "schema.rnc", sha: "c" },
    { path: "../../etc/passwd.xml" },
    "nonsense",
  ];
  expect(read(JSON.stringify({ tree, truncated: false }))).toEqual({
    ok: true,
    files: [
      { collection: "2023.nlposs", fingerprint: "a" },
      { collection: "P19", fingerprint: "b" },
    ],
  });
});

test("a folder as GitHub or a web server lists it", () => {
  expect(read(JSON.stringify([{ name: "P19.xml", sha: "b" }]))).toMatchObject({
    files: [{ collection: "P19", fingerprint: "b" }],
  });
  const page = `<a href="../">up</a><a href='/xml/P19.xml?x=1'>P19</a><a HREF=2023.nlposs.xml>x</a><a href="P19.xml">again</a>`;
  expect(read(page)).toEqual({ ok: true, files: [{ collection: "2023.nlposs" }, { collection: "P19" }] });
});

test.each([
  ["", "names no collection"],
  ["{}", "names no collection"],
  ["[]", "names no collection"],
  [`{"tree":[{"path":"P19.xml"}],"truncated":true}`, "is cut"],
  ["<html>Not found</html>", "names no collection"],
])("%j is no list", (text, reason) => {
  expect(read(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

test.each([
  ["2023.nlposs", 2023],
  ["P19", 2019],
  ["C69", 1969],
  ["W00", 2000],
  ["abc", null],
  ["P1900", null],
])("%s is of %j", (collection, year) => {
  expect(yearOfCollection(collection)).toBe(year);
});
