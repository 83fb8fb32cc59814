import { expect, test } from "vitest";
import { openHoles } from "./holes.ts";

test("fills each hole wherever it stands, escaped as the attribute it is", () => {
  let rendered = 0;
  const fill = openHoles(["out", "copy"], ({ out, copy }) => {
    rendered++;
    return `<a href="${out}">x</a><a href="${copy}">y</a><a href="${out}">z</a>`;
  });
  expect(fill({ out: '/u/"<&', copy: "/c;1" })).toBe(
    '<a href="/u/&quot;&lt;&amp;">x</a><a href="/c;1">y</a><a href="/u/&quot;&lt;&amp;">z</a>',
  );
  expect(fill({ out: "1", copy: "2" })).toBe('<a href="1">x</a><a href="2">y</a><a href="1">z</a>');
  expect(rendered).toBe(1);
});
