// Where to go after signing in: one of our own paths, whatever the address says.

/**
 * The path to go to, or "/" for everything that leads elsewhere. Browsers read "//x", "/\x" and "/<tab>/x" as other hosts,
 * so the address is resolved as a browser would and the origins are compared.
 */
export function safeReturn(next: string | undefined): string {
  if (next === undefined || next.length > 500 || !next.startsWith("/") || /^\/[\\/]/.test(next)) return "/";
  const base = "https://here.invalid";
  const url = URL.parse(next, base);
  if (!url || url.origin !== base) return "/";
  const path = url.pathname + url.search;
  return /^\/[\\/]/.test(path) ? "/" : path;
}
