// The listing as arXiv's browse program wrote it over the years, page by page, with the counts of its own templates.
import { describe, expect, test } from "vitest";
import { parseArxivListing } from "./arxiv-listing.ts";

type Kind = "New" | "Cross" | "Replacement";

/** Entries of the day: four new, three cross-listed, five replaced. */
const counts: [Kind, number][] = [
  ["New", 4],
  ["Cross", 3],
  ["Replacement", 5],
];
const total = 12;

interface Form {
  paging(count: number, show: number): string;
  heading(kind: Kind, showing: string): string;
}

/** As it is now, and as it was in 2021: the day in every heading, counts in brackets. */
const forms: Record<string, Form> = {
  "today's": {
    paging: (count, show) => `<div class='paging'>Total of ${count} entries :
      <a href=/list/cs.AI/new?skip=0&amp;show=${show} rel="nofollow">1-${show}</a></div>
      <div class='morefewer'>Showing up to ${show} entries per page: <a href=/list/cs.AI/new?skip=0&amp;show=2000>more</a></div>`,
    heading: (kind, showing) => `${kind} submissions (${showing} entries)`,
  },
  "that of 2021": {
    paging: (
      count,
      show,
    ) => `<div class='paging'>[ total of ${count} entries\n : <span>1-${show}</span>\n ]</div>
      <div class='morefewer'>[ showing ${show} entries per page: <span>fewer</span> | ]</div>`,
    heading: (kind, showing) => `${kind} submissions for Friday, 12 June 2026  (${showing} entries )`,
  },
};

function renderPage(form: Form, skip: number, show: number): string {
  let number = 0;
  const sections = counts.map(([kind, count]) => {
    const first = number + 1;
    number += count;
    const here = Array.from({ length: count }, (_, i) => first + i).filter(
      (n) => n > skip && n <= skip + show,
    );
    if (here.length === 0) return "";
    const continued = here[0]! > first ? "continued, " : "";
    const last = here.at(-1) === number;
    const part = continued ? (last ? "last " : "") : last ? "" : "first ";
    const entries = here.map(
      (
        n,
      ) => `<dt><a name='item${n}'>[${n}]</a> <a href ="/abs/2606.${10_000 + n}" title="Abstract" id="2606.${10_000 + n}">
        arXiv:2606.${10_000 + n}</a> ${kind === "Cross" ? "(cross-list from cs.LG)" : ""}</dt>
        <dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Paper ${n}</div>
        <div class='list-authors'><a href="/search">Ada Lovelace</a></div></div></dd>`,
    );
    return `<dl id='articles'><h3>${form.heading(kind, `${continued}showing ${part}${here.length} of ${count}`)}</h3>${entries.join("")}</dl>`;
  });
  const paging = form.paging(total, show);
  return `<!DOCTYPE html><html><head><title>Artificial Intelligence</title></head><body><div id='dlpage'><h1>Artificial Intelligence</h1>
    <ul><li><a href="/list/cs.AI/new?skip=0&show=${show}#item1">New submissions</a></li></ul>
    <p>See <a id="recent-cs.AI" href="/list/cs.AI/recent">recent</a> articles</p>
    <h3>Showing new listings for Friday, 12 June 2026</h3>${paging}${sections.join("")}${paging}</div></body></html>\n`;
}

describe.each(Object.entries(forms))("%s form", (_name, form) => {
  test.each([1, 2, 3, 5, 7, 12, 50])(
    "%d a page: every entry once, in its section, and every count as declared",
    (show) => {
      const seen: [number | null, string][] = [];
      for (let skip = 0; skip < total; skip += show) {
        const reading = parseArxivListing(renderPage(form, skip, show), "cs.AI");
        if (!reading.ok) throw new Error(reading.reason);
        const { listing } = reading;
        expect(listing).toMatchObject({
          announcedOn: "2026-06-12",
          total,
          truncated: false,
          quiet: false,
          category: "cs.AI",
        });
        expect(listing.whole).toBe(show >= total);
        for (const { kind, declared, shown, entries, rejected } of listing.sections) {
          expect([declared, shown, rejected]).toEqual([
            counts.find(([name]) => name.toLowerCase() === kind)![1],
            entries.length,
            [],
          ]);
          for (const { position } of entries) seen.push([position, kind]);
        }
      }
      const kinds = counts.flatMap(([kind, count]) =>
        Array.from({ length: count }, () => kind.toLowerCase()),
      );
      expect(seen).toEqual(kinds.map((kind, i) => [i + 1, kind]));
    },
  );

  test("a page beyond the end has nothing, and is no quiet day", () => {
    const reading = parseArxivListing(renderPage(form, total, 5), "cs.AI");
    expect(reading.ok && (reading.listing.quiet || reading.listing.sections.length > 0)).toBe(false);
  });
});
