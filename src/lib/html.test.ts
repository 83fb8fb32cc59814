// Pages are read as browsers read them, whatever is wrong with them, and walked however deep they are.
import { describe, expect, test } from "vitest";
import { attributeOf, elementsBelow, findElement, hasClass, parseHtml, visibleText } from "./html.ts";

test("elements come in document order", () => {
  const page = parseHtml("<div><p>1<b>2</b></p><h3>3</h3></div><ul><li>4");
  const names = [...elementsBelow(page)].map(({ tagName }) => tagName);
  expect(names).toEqual(["html", "head", "body", "div", "p", "b", "h3", "ul", "li"]);
});

test("attributes and classes", () => {
  const link = findElement(
    parseHtml(`<a href ="/abs/1" class='x  mathjax'>a</a>`),
    (e) => e.tagName === "a",
  )!;
  expect(attributeOf(link, "href")).toBe("/abs/1");
  expect(attributeOf(link, "title")).toBeUndefined();
  expect([hasClass(link, "mathjax"), hasClass(link, "math")]).toEqual([true, false]);
  expect(findElement(parseHtml("<p>"), (e) => e.tagName === "a")).toBeUndefined();
});

describe("visible text", () => {
  test("collapses white space, keeps breaks, decodes references", () => {
    expect(visibleText(parseHtml("<p>\n a &lt;b&gt;\t<i>c</i>&#39;s<br>\n d </p>"))).toBe("a <b> c's\nd");
  });

  test("leaves out what nobody sees", () => {
    expect(visibleText(parseHtml("a<script>alert(1)</script><style>p{}</style><!-- x -->b"))).toBe("ab");
  });

  test("writes what it is told in the place of an element", () => {
    const page = parseHtml('code at <a href="https://x.test">this <b>URL</b></a>.');
    expect(visibleText(page, (e) => (e.tagName === "a" ? attributeOf(e, "href") : undefined))).toBe(
      "code at https://x.test.",
    );
  });

  test("neither depth nor width breaks it", () => {
    expect(visibleText(parseHtml(`${"<div>".repeat(20_000)}deep`))).toBe("deep");
    expect(visibleText(parseHtml("<i>a</i>".repeat(150_000))).length).toBe(150_000);
  });
});
