// What is fixed with a letter's row, so that a repeat is the same letter.
import type { ChosenPaper } from "./choose.ts";
import type { IssueFacts } from "./issue.ts";

/** An issue: what was chosen, and what the editions said then. The words of the papers are kept once an issue (issue_words). */
export interface DigestPayload extends IssueFacts {
  papers: ChosenPaper[];
}

/** A confirmation: the token of its link; wiped when the letter is settled. */
export interface ConfirmationPayload {
  token: string;
}

export function parsePayload<T extends DigestPayload | ConfirmationPayload>(json: string): T {
  return JSON.parse(json) as T;
}

/** Letters of before had neither parts nor versions. */
export function readIssuePayload(json: string): DigestPayload {
  const payload = parsePayload<DigestPayload>(json);
  for (const paper of payload.papers) {
    paper.part ??= "edition";
    paper.version ??= null;
  }
  return payload;
}
