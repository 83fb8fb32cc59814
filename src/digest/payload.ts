// What is fixed with a letter's row, so that a repeat is the same letter.
import type { IssueFacts, IssueItem } from "./issue.ts";

/** An issue: what the edition said when the choice was made. Titles and abstracts are those of the day it goes out. */
export interface DigestPayload extends IssueFacts {
  papers: (Omit<IssueItem, "paper"> & { pk: number })[];
}

/** A confirmation: the token of its link; wiped when the letter is settled. */
export interface ConfirmationPayload {
  token: string;
}

export function parsePayload<T extends DigestPayload | ConfirmationPayload>(json: string): T {
  return JSON.parse(json) as T;
}
