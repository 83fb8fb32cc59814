// The Link header (RFC 8288): where a server says its next page is.

export interface LinkTarget {
  /** As written: absolute or relative to the address that was asked. */
  target: string;
  /** Relation types in lower case. */
  relations: string[];
}

const longest = 8_192;

/** Reads the header; what is not of its form is passed over. */
export function parseLinkHeader(header: string | null | undefined): LinkTarget[] {
  const links: LinkTarget[] = [];
  if (header === null || header === undefined || header.length > longest) return links;
  for (const [, target = "", parameters = ""] of header.matchAll(/<([^<>]*)>((?:"[^"]*"|[^",<>])*)/g)) {
    links.push({ target: target.trim(), relations: relationsOf(parameters) });
  }
  return links;
}

/** The first rel counts; what stands in quotation marks is one value, whatever it looks like. */
function relationsOf(parameters: string): string[] {
  for (const [, name, quoted, bare] of parameters.matchAll(
    /;\s*([^\s=;,"]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/g,
  )) {
    if (name?.toLowerCase() !== "rel") continue;
    return (quoted ?? bare ?? "")
      .toLowerCase()
      .split(/\s+/)
      .filter((relation) => relation !== "");
  }
  return [];
}

/** The address of the next page, made absolute; null when there is none, or when it lies on another server. */
export function findNextPage(header: string | null | undefined, asked: string): string | null {
  const next = parseLinkHeader(header).find(({ relations }) => relations.includes("next"));
  const address = next === undefined ? null : URL.parse(next.target, asked);
  return address !== null && address.origin === URL.parse(asked)?.origin ? address.href : null;
}
