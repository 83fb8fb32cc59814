// The sections of an edition: rows of columns, then briefs.
import type { EditionItem } from "../editions/edition.ts";
import type { Cell, Row, SectionLayout } from "./edition-layout.ts";
import type { EditionView } from "./edition-view.ts";
import { SectionHeading } from "./layout.tsx";
import { PaperItem, PaperLine } from "./paper-item.tsx";
import { count, formatNumber, formatShare } from "./words.ts";

/** Fragment of a section on its page. */
export function sectionId(field: string): string {
  return field.toLowerCase().replaceAll(" ", "-");
}

export function Section({ section, view }: { section: SectionLayout; view: EditionView }) {
  return (
    <section class={section.columns === 4 ? "section" : "section half"} id={sectionId(section.field)}>
      <SectionHeading title={section.field} note={sectionNote(section)} />
      {section.rows.map((row) => (
        <RowOfCells row={row} columns={section.columns} view={view} />
      ))}
      {section.lines.length > 0 ? <Lines items={section.lines} view={view} across /> : null}
    </section>
  );
}

function sectionNote({ papers, share, onFront }: SectionLayout): string {
  const front = onFront > 0 ? `; ${formatNumber(onFront)} on the front` : "";
  return `${count(papers, "paper")}, ${formatShare(share)} of the score${front}`;
}

export function RowOfCells({ row, columns, view }: { row: Row; columns: number; view: EditionView }) {
  return (
    <div class={`row of-${columns}`}>
      {row.map((cell) => (
        <CellOfRow cell={cell} view={view} />
      ))}
    </div>
  );
}

/** Quartos side by side share the line on which their abstracts begin; see .level in the stylesheet. */
function CellOfRow({ cell, view }: { cell: Cell; view: EditionView }) {
  if (cell.lines.length > 0) {
    return (
      <div class={`cell span-${cell.columns}`}>
        <Lines items={cell.lines} view={view} />
      </div>
    );
  }
  const papers = cell.papers.map((item) => <PaperItem item={item} view={view} columns={cell.columns} />);
  const kind = cell.papers[0]?.step === 3 ? "cell level" : "cell";
  return <div class={`${kind} span-${cell.columns}`}>{papers}</div>;
}

/** Above this many, full-width briefs stand in two columns. */
const longList = 14;

function Lines({ items, view, across }: { items: EditionItem[]; view: EditionView; across?: boolean }) {
  const kind = across
    ? items.length > longList && !view.explained
      ? "lines across two"
      : "lines across"
    : "lines";
  return (
    <ol class={kind}>
      {items.map((item) => (
        <PaperLine item={item} view={view} />
      ))}
    </ol>
  );
}
