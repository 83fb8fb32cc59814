// Of the query API's language the fields that anybody harvesting needs: cat, ti, au, all, submittedDate, with AND, OR and ANDNOT
// read left to right.
import { displayName } from "./paper-text.ts";
import type { PaperView } from "./paper-view.ts";

type Test = (view: PaperView) => boolean;

/** Left to right, as many operators as there are. */
export function compileQuery(query: string): Test {
  const terms = query.replace(/[()]/g, "").split(/\s+(AND|OR|ANDNOT)\s+/);
  let test: Test = query.trim() === "" ? () => true : compileTerm(terms[0]!);
  for (let i = 1; i + 1 < terms.length; i += 2) {
    const [left, operator, right] = [test, terms[i], compileTerm(terms[i + 1]!)];
    if (operator === "AND") test = (view) => left(view) && right(view);
    else if (operator === "OR") test = (view) => left(view) || right(view);
    else test = (view) => left(view) && !right(view);
  }
  return test;
}

function compileTerm(term: string): Test {
  const [, field = "all", value = ""] = /^(\w+):(.*)$/s.exec(term.trim()) ?? [];
  const words = value.replaceAll('"', "").toLowerCase();
  if (field === "cat")
    return ({ categories }) => categories.some((category) => matchesCategory(category, value));
  if (field === "submittedDate") return compileRange(value);
  if (field === "ti") return ({ latest }) => latest.title.toLowerCase().includes(words);
  if (field === "au")
    return ({ authors }) => authors.some((author) => displayName(author).toLowerCase().includes(words));
  return ({ latest }) => `${latest.title} ${latest.abstract}`.toLowerCase().includes(words);
}

function matchesCategory(category: string, pattern: string): boolean {
  return pattern.endsWith("*") ? category.startsWith(pattern.slice(0, -1)) : category === pattern;
}

/** [202608110000 TO 202608120000] */
function compileRange(range: string): Test {
  const [from = "", until = "9"] = range.replace(/[[\]]/g, "").split(" TO ");
  const digits = (view: PaperView) =>
    view.versions[0]!.submittedAt.toISOString().replace(/\D/g, "").slice(0, 12);
  return (view) => digits(view) >= from && digits(view) <= until;
}
