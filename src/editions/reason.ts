// Why a paper is on the page, in words. Pure; the same sentence on page and in letter.
import type { Day, Instant } from "../lib/clock.ts";
import type { Estimate } from "./estimate/estimate-model.ts";
import { joinEstimate } from "./estimate-words.ts";
import type { Standing } from "./standing.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

export interface ReasonOptions {
  /** The edition's own (last) day. */
  day: Day;
  asOf: Instant;
  estimate?: Estimate | null;
  carriedFrom?: Day | null;
}

/**
 * "50 votes by 08:30 UTC", "submitted by Ada; expected above the day's mean: its words, its authors", "announced in cs.CL,
 * cs.LG", each also after "carried over from 11 May: ".
 */
export function formatReason(standing: Standing, options: ReasonOptions): string {
  const { carriedFrom = null, day } = options;
  const why = formatWhy(standing, options);
  return carriedFrom === null ? why : `carried over from ${formatDate(carriedFrom, day)}: ${why}`;
}

function formatWhy(standing: Standing, { day, asOf, estimate = null }: ReasonOptions): string {
  if (standing.votes && standing.votes > 0) {
    const votes = standing.votes.toLocaleString("en-US");
    return `${votes} ${standing.votes === 1 ? "vote" : "votes"} by ${formatCutOff(day, asOf)}`;
  }
  const expected = joinEstimate(estimate);
  return expected === null ? formatWay(standing) : `${formatWay(standing)}; ${expected}`;
}

function formatWay(standing: Standing): string {
  if (standing.submitters.length > 0) return `submitted by ${formatNames(standing.submitters)}`;
  if (standing.announced) return `announced in ${formatNames(standing.announcedIn)}`;
  return "submitted that day";
}

/** The time when it lies on the edition's own (last) day, else the date. */
function formatCutOff(day: Day, asOf: Instant): string {
  if (asOf.slice(0, 10) === day) return `${asOf.slice(11, 16)} UTC`;
  return formatDate(asOf.slice(0, 10), day);
}

/** With the year where it is another than that of the page. */
function formatDate(date: Day, day: Day): string {
  const [year, month, number] = date.split("-");
  const name = `${Number(number)} ${months[Number(month) - 1]}`;
  return year === day.slice(0, 4) ? name : `${name} ${year}`;
}

function formatNames(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
