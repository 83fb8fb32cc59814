// What the parts of a query are called when a result is explained: the reasons that hold for every answer.
import { type ColumnTest, latestYear, type QueryNode } from "./query-syntax.ts";
import type { MatchReason } from "./search.ts";

/** What every answer was found by, beside phrases that stand for themselves. */
export function reasonsOf(node: QueryNode): MatchReason[] {
  if (node.kind === "word" || node.kind === "phrase") {
    if (node.field === null) return [];
    if (node.field === "author") return [{ kind: "author", detail: node.text.trim() }];
    return [{ kind: "field", detail: `${node.field}: ${node.text.trim()}` }];
  }
  if (node.kind === "column") return [reasonOfColumn(node.test)];
  return node.kind === "any" ? [{ kind: "words", detail: listTexts(node).join(" OR ") }] : [];
}

/** What is asked for in a part, as typed. */
export function listTexts(node: QueryNode): string[] {
  if (node.kind === "word" || node.kind === "phrase") return node.field === "author" ? [] : [node.text];
  return node.kind === "all" || node.kind === "any" ? node.parts.flatMap(listTexts) : [];
}

function reasonOfColumn(test: ColumnTest): MatchReason {
  switch (test.kind) {
    case "years":
      return { kind: "field", detail: `year: ${formatYears(test)}` };
    case "days":
      return { kind: "field", detail: `date: ${test.text}` };
    case "label":
      return { kind: "field", detail: `${test.field}: ${test.value}` };
    case "code":
      return { kind: "field", detail: "has code" };
    case "library":
      return { kind: "field", detail: "in your library" };
    case "id":
      return { kind: "identifier", detail: test.id };
  }
}

function formatYears({ from, to }: { from: number; to: number }): string {
  if (from === to) return String(from);
  return `${from === 0 ? "" : from}..${to === latestYear ? "" : to}`;
}
