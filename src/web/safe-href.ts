// The one gate for harvested addresses: JSX escapes text, but an href with `javascript:` would still run.

/** Longer addresses are never honest links to a paper, its code or its project. */
const maxLength = 2_000;

/**
 * The address as it may stand in an href: http or https only, without credentials, normalised by the URL parser, so that
 * look-alike letters in a host show as punycode. Undefined for everything else.
 */
export function safeHref(url: string): string | undefined {
  if (url.length > maxLength || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return undefined;
  if (parsed.username || parsed.password || !parsed.hostname) return undefined;
  return parsed.href;
}

/** A short form for display: host and path without scheme, "www." and the last slash. */
export function formatAddress(href: string): string {
  const { hostname, pathname } = new URL(href);
  return hostname.replace(/^www\./, "") + (pathname === "/" ? "" : pathname.replace(/\/$/, ""));
}
