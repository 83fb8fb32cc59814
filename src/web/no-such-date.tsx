// What is said of an address whose day, week or month is none.
import type { EditionKind } from "../editions/edition.ts";
import { type Period, padEditionKey } from "../editions/edition-key.ts";
import { links } from "../links.ts";
import { cutAtCharacter } from "./cut.ts";
import type { Problem } from "./error-page.tsx";

const examples: Record<EditionKind, Period["key"]> = {
  day: "2026-05-11",
  week: "2026-W20",
  month: "2026-05",
};

/** A key in the right form names a date that does not exist; another is not in the right form. */
export function noSuchDate(kind: EditionKind, given: string): Problem {
  const looksRight = /^\d{4}-(W\d\d|\d\d(-\d\d)?)$/.test(padEditionKey(given));
  const shown = `“${cutAtCharacter(given, 40)}”`;
  return {
    title: looksRight ? `There is no ${kind} ${shown} in the calendar.` : `${shown} is not a ${kind}.`,
    remedy: (
      <>
        A {kind} is written like <a href={links.edition(kind, examples[kind])}>{examples[kind]}</a>. Or go to{" "}
        <a href={links.front()}>the latest edition</a>.
      </>
    ),
  };
}
