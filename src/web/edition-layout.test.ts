import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import type { Edition, EditionItem, Field, Step } from "../editions/edition.ts";
import { stepsOf } from "../editions/steps.ts";
import type { Paper } from "../papers/paper.ts";
import { type Cell, layoutBody, layoutEdition } from "./edition-layout.ts";

const fields: Field[] = ["Language", "Vision", "Agents", "Science"];

function item(rank: number, given: Partial<EditionItem> = {}): EditionItem {
  const paper = {
    id: `p${rank}`,
    titleText: "A Title of Some Forty Characters, About",
    abstractText: "Words.",
  };
  return {
    rank,
    step: 5 as Step,
    field: "Vision",
    score: 1,
    share: 0.01,
    paper: paper as Paper,
    ...given,
  } as EditionItem;
}

/** So many quartos, octavos and lines of one field. */
function body(quartos: number, octavos: number, lines: number): EditionItem[] {
  const steps: Step[] = [...Array(quartos).fill(3), ...Array(octavos).fill(4), ...Array(lines).fill(5)];
  return steps.map((step, i) => item(i + 1, { step }));
}

const shape = (cell: Cell) =>
  cell.lines.length > 0 ? `${cell.columns} lines` : `${cell.columns}${"p".repeat(cell.papers.length)}`;
const shapes = (...counts: [number, number, number]) =>
  layoutBody(body(...counts), 4).rows.map((row) => row.map(shape).join(" | "));

describe("a section's body", () => {
  test.each([
    ["four quartos fill their row", [4, 0, 20], ["1p | 1p | 1p | 1p"]],
    ["three leave a column to the first briefs", [3, 0, 20], ["1p | 1p | 1p | 1 lines"]],
    ["without briefs, papers widen", [3, 0, 0], ["2p | 1p | 1p"]],
    ["two share the width", [2, 0, 0], ["2p | 2p"]],
    ["one takes it all", [1, 0, 0], ["4p"]],
    ["octavos stand in pairs beside quartos", [3, 2, 0], ["1p | 1p | 1p | 1pp"]],
    ["or alone where that fills the row", [0, 4, 0], ["1p | 1p | 1p | 1p"]],
    ["only briefs need no row", [0, 0, 7], []],
  ] as [string, [number, number, number], string[]][])("%s", (_name, counts, expected) => {
    expect(shapes(...counts)).toEqual(expected);
  });

  test("no brief is left alone below a row that has room beside it", () => {
    expect(layoutBody(body(1, 0, 4), 4).lines).toHaveLength(0);
  });

  test("many briefs go below", () => {
    const { rows, lines } = layoutBody(body(1, 0, 60), 4);
    expect(rows[0]?.at(-1)?.lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeGreaterThan(30);
  });

  test("every paper stands once, in rank order, and every row is full", () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(14), fc.nat(40), fc.constantFrom(2, 4), (q, o, l, columns) => {
        const papers = body(q, o, l);
        const { rows, lines } = layoutBody(papers, columns);
        const shown = [...rows.flat().flatMap((cell) => [...cell.papers, ...cell.lines]), ...lines];
        expect(shown.map((each) => each.rank)).toEqual(papers.map((each) => each.rank));
        for (const row of rows) expect(row.reduce((sum, cell) => sum + cell.columns, 0)).toBe(columns);
      }),
    );
  });
});

function edition(
  scores: number[],
  fieldOf: (i: number) => Field = (i) => fields[i % fields.length]!,
): Edition {
  const steps = stepsOf(scores);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const items = scores.map((score, i) =>
    item(i + 1, { score, share: score / total, step: steps[i]!, field: fieldOf(i) }),
  );
  return { items } as unknown as Edition;
}

describe("an edition", () => {
  const scores = fc
    .array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 120 })
    .map((values) => values.sort((a, b) => b - a));

  test("holds every paper exactly once", () => {
    fc.assert(
      fc.property(scores, (values) => {
        const { lead, front, sections } = layoutEdition(edition(values));
        const cells = [...front, ...sections.flatMap((section) => section.rows)].flat();
        const shown = [
          lead,
          ...cells.flatMap((cell) => [...cell.papers, ...cell.lines]),
          ...sections.flatMap((section) => section.lines),
        ];
        expect(shown.map((each) => each.rank).sort((a, b) => a - b)).toEqual(values.map((_, i) => i + 1));
      }),
    );
  });

  test("small sections share a row, and one left over takes its own", () => {
    const { sections } = layoutEdition(edition([9, 8, 7, 6, 5, 4, 3]));
    expect(sections.map((section) => section.columns)).toEqual([2, 2, 4].slice(0, sections.length));
  });

  test("sections are ordered by their part of the score, and count what is on the front", () => {
    const layout = layoutEdition(edition([50, 40, 30, 3, 2, 1, 1, 1], (i) => (i < 3 ? "Science" : "Vision")));
    expect(layout.shares.map((share) => share.field)).toEqual(["Science", "Vision"]);
    expect(layout.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const vision = layout.sections.find((section) => section.field === "Vision");
    expect(vision).toMatchObject({ papers: 5 });
  });
});
