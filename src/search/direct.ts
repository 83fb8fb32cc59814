// Queries that are no search: the identifier or the address of a paper, to which the reader goes straight.
import { parseIdentifier } from "../papers/identifiers.ts";
import { ownAddress } from "./query-fields.ts";
import type { SearchAnswer, SearchOptions, SearchRequest } from "./search.ts";

/** What the whole query names; null when it is to be searched. Ids of our own have the scheme "broadsheet". */
export function findDirect(query: string): NonNullable<SearchAnswer["direct"]> | null {
  const given = query.trim();
  if (given === "" || /\s/.test(given.replace(/^(?:arxiv|doi|acl|openreview)\s*:\s*/i, ""))) return null;
  const identifier = parseIdentifier(given);
  if (identifier) return { scheme: identifier.scheme, value: identifier.value };
  const own = ownAddress(given);
  return own === null ? null : { scheme: "broadsheet", value: own };
}

/** The id of the paper that the whole query names, if it is held; a query to be searched as typed names none. */
export async function findNamed(
  { query, asTyped }: SearchRequest,
  find: SearchOptions["findNamed"],
): Promise<string | null> {
  const direct = asTyped || !find ? null : findDirect(query);
  return direct && find ? find(direct) : null;
}
