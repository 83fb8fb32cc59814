// What may be asked of OAI-PMH, refused with the archive's codes and words.
import type { Day } from "../../../src/lib/clock.ts";
import { addDays } from "./eastern.ts";
import { isPrefix, type Prefix } from "./oai-record.ts";
import { categories } from "./taxonomy.ts";

export interface OaiError {
  code: string;
  reason: string;
  /** Attributes of <request>; none when the request itself cannot be trusted. */
  attributes: Record<string, string>;
}

export interface ListArguments {
  verb: "ListRecords" | "ListIdentifiers";
  metadataPrefix: Prefix;
  from?: Day;
  until?: Day;
  set?: string;
}

const earliest = "2005-09-16";

export function refuse(code: string, reason: string, attributes: Record<string, string> = {}): OaiError {
  return { code, reason, attributes };
}

/** Every name once; a repeated one is refused before anything else is looked at. */
export function readParameters(parameters: URLSearchParams): Record<string, string> | OaiError {
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) return refuse("badArgument", "Duplicate parameters not allowed");
  return Object.fromEntries(parameters);
}

/** Checks the arguments of a list that does not resume another. */
export function readListArguments(given: Record<string, string>, now: Date): ListArguments | OaiError {
  const { verb, metadataPrefix, from, until, set } = given;
  const unknown = Object.keys(given).filter(
    (name) => !["verb", "metadataPrefix", "from", "until", "set"].includes(name),
  );
  if (unknown.length > 0)
    return refuse(
      "badArgument",
      `Unallowed parameter. Allowed parameters: verb, metadataPrefix, from, until, set`,
    );
  if (!metadataPrefix) return refuse("badArgument", "metadataPrefix required.");
  if (!isPrefix(metadataPrefix))
    return refuse("cannotDisseminateFormat", "Did not recognize requested format", { verb: verb! });
  const trouble = refusalOfDates(from, until, now);
  if (trouble) return refuse("badArgument", trouble);
  if (set !== undefined && !categories.some(({ sets }) => sets.includes(set)))
    return refuse("badArgument", "Set does not exist");
  const range = { ...(from && { from }), ...(until && { until }), ...(set && { set }) };
  return { verb: verb as ListArguments["verb"], metadataPrefix, ...range };
}

function refusalOfDates(from: string | undefined, until: string | undefined, now: Date): string | null {
  if (from !== undefined && !isDay(from)) return "from date format must be YYYY-MM-DD";
  if (until !== undefined && !isDay(until)) return "until date format must be YYYY-MM-DD";
  if (from !== undefined && from < earliest) return "start date too early";
  if (until !== undefined && until > addDays(now.toISOString().slice(0, 10), 1)) return "until date too late";
  if (from !== undefined && until !== undefined && from > until) return "from date must be before until date";
  return null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The archive's token: its next request, encoded twice. */
export function formatToken(request: ListArguments, skip: number): string {
  const query = new URLSearchParams({ ...request, skip: String(skip) });
  return encodeURIComponent(query.toString());
}

export function parseToken(
  token: string,
  verb: string,
  now: Date,
): { request: ListArguments; skip: number } | OaiError {
  const invalid = refuse("badResumptionToken", "Token decoding failed or format is invalid.");
  let decoded: URLSearchParams;
  try {
    decoded = new URLSearchParams(decodeURIComponent(token));
  } catch {
    return invalid;
  }
  const { skip, ...rest } = Object.fromEntries(decoded);
  if (!/^\d{1,9}$/.test(skip ?? "") || rest.verb !== verb) return invalid;
  const request = readListArguments(rest, now);
  return "code" in request ? invalid : { request, skip: Number(skip) };
}
