import { expect, test } from "vitest";
import type { LinkKind } from "../papers/paper.ts";
import { findHubLinks } from "./hub-links.ts";

const of = (id: string, links: [LinkKind, string][], repository: string | null = null) =>
  findHubLinks({ id, links: links.map(([kind, url]) => ({ kind, url })) }, repository);

test("the repository is one on GitHub, as observed before as linked", () => {
  const links: [LinkKind, string][] = [["code", "https://github.com/a/linked"]];
  expect(of("2605.00001", links)).toEqual({ githubRepo: "https://github.com/a/linked" });
  expect(of("2605.00001", links, "https://github.com/a/seen")).toEqual({
    githubRepo: "https://github.com/a/seen",
  });
  expect(of("2605.00001", [["code", "https://github.com/a"]])).toEqual({
    projectPage: "https://github.com/a",
  });
});

test("code elsewhere is the project's page, unless it has one", () => {
  expect(of("2605.00001", [["code", "https://gitlab.com/a/b"]])).toEqual({
    projectPage: "https://gitlab.com/a/b",
  });
  const both: [LinkKind, string][] = [
    ["code", "https://gitlab.com/a/b"],
    ["project", "https://a.example.org"],
  ];
  expect(of("2605.00001", both)).toEqual({ projectPage: "https://a.example.org/" });
});

test("a paper that arXiv does not have leads to where it was published", () => {
  const links: [LinkKind, string][] = [["abstract", "https://openreview.net/forum?id=x"]];
  expect(of("k3vq80rd", links)).toEqual({ projectPage: "https://openreview.net/forum?id=x" });
  expect(of("2605.00001", links)).toEqual({});
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "https://user:secret@github.com/a/b",
  "//github.com/a/b",
  "not an address",
  `https://github.com/a/${"b".repeat(3_000)}`,
])("%s is no address to give on", (url) => {
  expect(of("2605.00001", [["code", url]], url)).toEqual({});
});
