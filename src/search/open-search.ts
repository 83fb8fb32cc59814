// Opens the index of a folder.
import type { Search, SearchOptions } from "./search.ts";
import { SearchIndex } from "./search-index.ts";

/**
 * Opens the index; reads tables only, whatever its size. A missing one starts empty at change 0; a damaged one too, and
 * status() names the damage.
 */
export async function openSearch(options: SearchOptions): Promise<Search> {
  return new SearchIndex(options);
}
