// Proof of consent: what happened when, from which network, under which text of the form. Kept with the reader, exported whole.
// When the confirmation letter went out stands in its own row (deliveries).
import type { Instant } from "../lib/clock.ts";

/** Changes with the wording of the subscription form, so that the proof says what the reader was told. */
export const formVersion = "2026-11";

export interface ConsentEvent {
  what: "requested" | "imported" | "confirmed" | "unsubscribed" | "suppressed";
  at: Instant;
  /** Network address it came from; absent where there is none. */
  network?: string;
  formVersion?: string;
  /** Of a suppression: what came back. */
  because?: string;
}

/** More would only be noise by somebody who keeps asking; the first and the latest tell the story. */
const mostEvents = 40;

export function parseConsent(json: string): ConsentEvent[] {
  return JSON.parse(json) as ConsentEvent[];
}

/** The history with one event more, as stored. */
export function addConsent(json: string, event: ConsentEvent): string {
  const events = [...parseConsent(json), event];
  return JSON.stringify(events.length > mostEvents ? [events[0], ...events.slice(1 - mostEvents)] : events);
}
