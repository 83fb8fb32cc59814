// Suggestions for the search field as JSON: few, short, and kept by the browser for a minute.
import type { Context } from "hono";
import { links } from "../links.ts";
import type { Suggestion } from "../search/search.ts";
import { cutAtCharacter } from "./cut.ts";
import type { PageDeps } from "./deps.ts";

const most = 8;
const maxTypedChars = 120;
const maxTextChars = 200;

/** "/search/suggest?q=": { suggestions: [{ kind, text, href, papers? }] }; with "as=opensearch" as browsers read it (OpenSearch Suggestions 1.1). */
export function suggestRoute({ search }: PageDeps) {
  return (c: Context) => {
    const typed = cutAtCharacter(c.req.query("q") ?? "", maxTypedChars).toWellFormed();
    const suggestions = search.suggest(typed, most).map((suggestion) => ({
      kind: suggestion.kind,
      text: cutAtCharacter(suggestion.text, maxTextChars),
      href: addressOf(suggestion),
      ...(suggestion.papers === undefined ? {} : { papers: suggestion.papers }),
    }));
    const headers = { "Cache-Control": "private, max-age=60" };
    if (c.req.query("as") !== "opensearch") return c.json({ suggestions }, 200, headers);
    const texts = suggestions.map(({ text }) => text);
    const type = { "Content-Type": "application/x-suggestions+json; charset=utf-8" };
    return c.body(JSON.stringify([typed, texts]), 200, { ...headers, ...type });
  };
}

function addressOf({ kind, text, id }: Suggestion): string {
  if (kind === "title" && id !== undefined) return links.paper(id);
  return kind === "author" ? links.author(text) : links.search(text);
}
