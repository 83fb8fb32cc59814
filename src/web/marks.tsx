// The drawn signs: the share rule that makes rank physical, and the margin marks. Drawn once a page, then referred to. What
// stands beside every paper is one text of our own: as elements these signs cost as much as all else that is rendered of a hit.
import { raw } from "hono/html";
import type { Child } from "hono/jsx";

/** Pixels of the share rule for one per cent; all rules of a page together run 2,400 px. */
const pixelsPerPercent = 24;

/** The rule over a headline: its length is the paper's part of the page. Length in an attribute, so no inline style. */
export function ShareRule({ share }: { share: number }) {
  const width = Math.max(1, Math.round(share * 100 * pixelsPerPercent));
  return raw(`<svg class="share" width="${width}" height="5" aria-hidden="true"></svg>`);
}

/** why: the reason a paper is here. gap: something that is not held. */
export type MarkName = "why" | "gap";

/** A mark beside its word, or with a label of its own where it stands alone. */
export function Mark({ name }: { name: MarkName }) {
  return marks[name];
}

const marks: Readonly<Record<MarkName, Child>> = { why: drawMark("why"), gap: drawMark("gap") };

function drawMark(name: MarkName): Child {
  return raw(
    `<svg class="mark" width="14" height="14" aria-hidden="true"><use href="#mark-${name}"></use></svg>`,
  );
}

/** The shapes behind `Mark`; once in every page that shows marks. ∵ and ∅ are not in the typeface. */
export function MarkShapes() {
  return (
    <svg class="shapes" width="0" height="0" aria-hidden="true">
      <symbol id="mark-why" viewBox="0 0 14 14">
        <path d="M1.5 2h3.5v3.5H1.5zM9 2h3.5v3.5H9zM5.25 8.5h3.5V12h-3.5z" />
      </symbol>
      <symbol id="mark-gap" viewBox="0 0 14 14">
        <path
          fill="none"
          stroke="currentColor"
          stroke-width="1.8"
          d="M7 2.6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8zM2.6 12.2L11.4 1.8"
        />
      </symbol>
    </svg>
  );
}
