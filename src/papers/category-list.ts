// Several categories in one text, as addresses and parameters write them.

/** More categories in one request are a mistake or an attack. */
const mostCategories = 50;

/** "cs.CL+cs.LG", also with commas or blanks between them; each once, the first fifty. */
export function parseCategories(text: string): string[] {
  return [...new Set(text.split(/[+\s,]+/).filter(Boolean))].slice(0, mostCategories);
}
