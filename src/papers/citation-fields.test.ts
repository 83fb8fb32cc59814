import { expect, test } from "vitest";
import { doiLink, identifierLinks } from "./citation-fields.ts";

// DOIs of long ago hold what addresses give a meaning (DOI Handbook 3.8.2).
test.each([
  ["10.1000/182", "10.1000/182"],
  ["10.1000/456#789", "10.1000/456%23789"],
  ["10.1000/what?now", "10.1000/what%3Fnow"],
  ["10.1000/100%", "10.1000/100%25"],
  ["10.1002/(sici)1096<1::aid-1>3.0.co;2-#", "10.1002/(sici)1096%3C1::aid-1%3E3.0.co;2-%23"],
  ["10.1000/a b", "10.1000/a%20b"],
  ["10.1000/\ud800", "10.1000/%EF%BF%BD"],
])("the address of %s leads to it and nowhere else", (doi, path) => {
  expect(doiLink(doi)).toBe(`https://doi.org/${path}`);
  expect(new URL(doiLink(doi))).toMatchObject({ hash: "", search: "" });
  const second = [
    { scheme: "doi" as const, value: "10.1/first" },
    { scheme: "doi" as const, value: doi },
  ];
  expect(identifierLinks(second)).toEqual([`https://doi.org/${path}`]);
});
