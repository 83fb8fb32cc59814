// What is fixed with a letter's row, so that a repeat is the same letter.
import type { Day, Instant } from "../lib/clock.ts";

/** An issue: the edition as of an instant, and the chosen papers in their order. */
export interface DigestPayload {
  day: Day;
  asOf: Instant;
  paperPks: number[];
}

/** A confirmation: the token of its link; wiped when the letter is settled. */
export interface ConfirmationPayload {
  token: string;
}

export function parsePayload<T extends DigestPayload | ConfirmationPayload>(json: string): T {
  return JSON.parse(json) as T;
}
