// What a query can say, each with an example that is a link.
import { links } from "../links.ts";

const ways = [
  { query: "token position", does: "papers with these words; those with both come first" },
  { query: '"token position"', does: "the words together, in this order" },
  { query: "tokens -vision", does: "without a word" },
  { query: "(pruning OR merging) tokens", does: "one or the other" },
  { query: "title:agents", does: "a word of the title; abstract: and author: too" },
  { query: 'author:"Yann LeCun"', does: "an author, by any part of the name" },
  { query: "agents year:2024..", does: "from a year on; 2023..2025, ..2020; date:2026-05 for days" },
  { query: "category:cs.CL", does: "a category; venue:, source: and list: too" },
  { query: "agents has:code", does: "only with code; in:library is what you saved" },
  { query: "like:1706.03762", does: "papers like a paper" },
  { query: "token*", does: "words that begin so" },
] as const;

/** Open where nothing was asked yet. */
export function SearchHelp({ open = false }: { open?: boolean }) {
  return (
    <details class="search-help" open={open}>
      <summary>What a query can say</summary>
      <table>
        <tbody>
          {ways.map(({ query, does }) => (
            <tr>
              <th scope="row">
                <a href={links.search(query)}>{query}</a>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Word forms count as one (“model”, “models”), and so do accents, case and hyphens. A title typed as it
        stands finds its paper first; an arXiv id, a DOI or an address goes straight to it. The key / comes
        here.
      </p>
    </details>
  );
}
