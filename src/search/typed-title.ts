// A title typed as it stands finds its paper, even where its signs would mean something in a query ("Robots -a study-").
import { listStems } from "./analyzer.ts";
import type { Segment } from "./segment.ts";
import { hashStems } from "./title-hash.ts";

/** True when a paper of the index has this very title, case and spaces aside. */
export function isTypedTitle(query: string, segments: readonly Segment[]): boolean {
  const hash = hashStems(listStems(query));
  const typed = foldTitle(query);
  return segments.some((segment) =>
    segment
      .findTitles(hash)
      .some((doc) => !segment.removed.has(doc) && foldTitle(segment.readPaper(doc).title) === typed),
  );
}

function foldTitle(title: string): string {
  return title.toLowerCase().replace(/\s+/g, " ").trim();
}
