// Why a paper is on the page, in words. Pure; the same sentence on page and in letter.
import type { Day, Instant } from "../lib/clock.ts";
import type { Standing } from "./standing.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** "50 votes by 08:30 UTC", "submitted by Ada", "announced in cs.CL, cs.LG". */
export function formatReason(standing: Standing, day: Day, asOf: Instant): string {
  if (standing.votes && standing.votes > 0) {
    const votes = standing.votes.toLocaleString("en-US");
    return `${votes} ${standing.votes === 1 ? "vote" : "votes"} by ${formatCutOff(day, asOf)}`;
  }
  if (standing.submitters.length > 0) return `submitted by ${formatNames(standing.submitters)}`;
  if (standing.announced) return `announced in ${formatNames(standing.announcedIn)}`;
  return "submitted that day";
}

/** The time when it lies on the edition's own (last) day, else the date. */
function formatCutOff(day: Day, asOf: Instant): string {
  if (asOf.slice(0, 10) === day) return `${asOf.slice(11, 16)} UTC`;
  const [year, month, date] = asOf.slice(0, 10).split("-");
  const name = `${Number(date)} ${months[Number(month) - 1]}`;
  return year === day.slice(0, 4) ? name : `${name} ${year}`;
}

function formatNames(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
