import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { listHighlights, renderHighlights } from "./highlights.ts";
import { highlight } from "./snippets.ts";

describe("highlights", () => {
  test("as HTML nothing of the text is markup", () => {
    const parts = highlight(`<b onclick="x">token</b> & 'positions'`, ["token"]);
    expect(renderHighlights(parts)).toBe(
      "&lt;b onclick=&quot;x&quot;&gt;<mark>token</mark>&lt;/b&gt; &amp; &#39;positions&#39;",
    );
  });

  test("offsets name the marked words, of any text", () => {
    const word = fc.constantFrom("token", "<i>", "&amp;", "Token-level", "α", "\ud83d", "\u{1f600}", "x");
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join(" ")),
        (text) => {
          const parts = highlight(text, ["token", "alpha"]);
          const marked = listHighlights(parts).map(({ start, end }) => text.slice(start, end));
          expect(marked).toEqual(parts.filter(({ hit }) => hit).map((part) => part.text));
          const html = renderHighlights(parts);
          expect(html.replaceAll(/<\/?mark>/g, "")).not.toMatch(/[<>"']/);
          expect(html.match(/<mark>/g)?.length ?? 0).toBe(marked.length);
        },
      ),
    );
  });
});
