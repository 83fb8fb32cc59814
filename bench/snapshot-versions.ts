// Versions of a generated record and the day it was last touched.
import type { Month } from "./snapshot-months.ts";
import type { Pen } from "./snapshot-record.ts";
import { versionShares } from "./snapshot-shapes.ts";

const dayMs = 86_400_000;
const days = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** Nothing is later than the snapshot. */
const takenOn = Date.UTC(2026, 10, 1);

/** `"versions":[…],"update_date":"…"`: version 1 in the month of the identifier, each further one weeks or months later. */
export function writeVersions({ sheet, draw }: Pen, { year, month }: Month): void {
  const step = draw.ladder(versionShares);
  const count = step === versionShares.length ? 9 + draw.below(17) : step + 1;
  let at = Date.UTC(year, month, 1) + draw.unit() * 27 * dayMs;
  sheet.text('"versions":[');
  for (let number = 1; number <= count; number++) {
    if (number > 1) at = Math.min(takenOn, at - Math.log(1 - draw.unit()) * 90 * dayMs);
    sheet.text(number === 1 ? '{"version":"v' : ',{"version":"v');
    sheet.number(number);
    sheet.text('","created":"');
    sheet.text(mailDays.get(Math.floor(at / dayMs)));
    writeTime(sheet, draw.below(86_400));
    sheet.text(' GMT"}');
  }
  sheet.text('],"update_date":"');
  sheet.text(isoDays.get(Math.floor(Math.min(takenOn, at + dayMs) / dayMs)));
  sheet.text('"');
}

/** " 19:18:42" */
function writeTime(sheet: Pen["sheet"], second: number): void {
  sheet.text(" ");
  sheet.number(Math.floor(second / 3_600), 2);
  sheet.text(":");
  sheet.number(Math.floor(second / 60) % 60, 2);
  sheet.text(":");
  sheet.number(second % 60, 2);
}

/** Dates are costly to make, and there are but some thousand of them. */
function remember(make: (date: Date) => string): { get(day: number): string } {
  const known = new Map<number, string>();
  return {
    get(day) {
      const text = known.get(day) ?? make(new Date(day * dayMs));
      known.set(day, text);
      return text;
    },
  };
}

/** "Mon, 2 Apr 2007" */
const mailDays = remember(
  (date) =>
    `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`,
);
const isoDays = remember((date) => date.toISOString().slice(0, 10));
