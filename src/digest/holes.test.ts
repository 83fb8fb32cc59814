import { expect, test } from "vitest";
import { joinPieces } from "../mail/letter.ts";
import { openHoles } from "./holes.ts";

test("fills each hole wherever it stands, escaped, on a line of its own; what is between is shared", () => {
  let rendered = 0;
  const fill = openHoles(["out", "copy", "why"], ({ out, copy, why }) => {
    rendered++;
    return `<a href="${out}">x</a>\n\n<a href="${copy}" class="b">y</a><bdi>${why}</bdi><a href="${out}">z</a>`;
  });
  const pieces = fill({ out: '/u/"<&', copy: "/c;1", why: "because > it" });
  expect(joinPieces(pieces)).toBe(
    [
      "<a",
      'href="/u/&quot;&lt;&amp;"',
      ">x</a>\n<a",
      'href="/c;1"',
      'class="b">y</a><bdi',
      ">because &gt; it</bdi",
      "><a",
      'href="/u/&quot;&lt;&amp;"',
      ">z</a>",
    ].join("\n"),
  );
  const others = fill({ out: "1", copy: "2", why: "3" });
  expect(others[1]).toBe('href="1"');
  for (const at of [0, 2, 4, 6, 8]) expect(others[at]).toBe(pieces[at]);
  expect(rendered).toBe(1);
});

test("without a hole there is one piece", () => {
  expect(openHoles(["out"], () => "<p>x</p>")({ out: "1" })).toEqual([{ lines: "<p>x</p>" }]);
});
