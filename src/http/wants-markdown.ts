// Whether a program asks a page for its Markdown (RFC 9110, 12.5.1).

/** It names text/markdown, and wants nothing that a browser shows more than that. */
export function wantsMarkdown(accept: string | undefined): boolean {
  const wishes = new Map<string, number>();
  for (const part of (accept ?? "").toLowerCase().split(",").slice(0, 50)) {
    const [type = "", ...parameters] = part.split(";").map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith("q="))?.slice(2);
    wishes.set(type, quality === undefined ? 1 : Number(quality) || 0);
  }
  const markdown = wishes.get("text/markdown") ?? 0;
  return markdown > 0 && markdown >= (wishes.get("text/html") ?? 0);
}
