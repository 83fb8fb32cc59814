// arXiv marks a withdrawn paper by words alone: in the comments, or in place of the abstract.

const paper = "(?:paper|article|submission|manuscript|preprint|e-?print|work|note|document|letter|thesis)";
const hasBeen = String.raw`(?:ha(?:s|ve|d)\s+been|is|was|were|being)\s+(?:(?!not\b)\w+\s+){0,2}`;
/** "This paper has been withdrawn by the authors"; not "an earlier version of this paper was withdrawn". */
const saidOfIt = new RegExp(
  String.raw`(?<!\b(?:versions? of|replaces|supersedes) )\b(?:this|the)\s+${paper}\b(?:\s+and\s+\w+)?\s+${hasBeen}withdrawn\b`,
  "i",
);
/** "5 pages. Withdrawn due to a flaw in Lemma 2", "withdrawn by arXiv administrators", "Under revision: withdrawn". */
const saidAlone = new RegExp(
  String.raw`(?:^|[.;:!,(])\s*(?:${paper}\s+(?:${hasBeen})?|temporarily\s+)?withdrawn\b(?!\s+(?:from\b|${paper}))`,
  "i",
);
const notice = new RegExp(String.raw`^(?:this|the)\s+${paper}\s+${hasBeen}withdrawn\b`, "i");

/** True when the comments, or an abstract that is only a notice, say that the paper itself is withdrawn. */
export function saysWithdrawn(comments: string, abstract: string): boolean {
  const remarks = relevantPart(comments);
  return saidOfIt.test(remarks) || saidAlone.test(remarks) || notice.test(relevantPart(abstract));
}

/** Long remarks are no notices; what decides stands at their beginning. Nearly none has the word at all. */
function relevantPart(text: string): string {
  const beginning = text.slice(0, 2_000);
  return /withdrawn/i.test(beginning) ? beginning.replace(/\s+/g, " ").trim() : "";
}
