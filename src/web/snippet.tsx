// Titles and passages of results, with the words that matched marked.
import type { Paper } from "../papers/paper.ts";
import { highlight, makeSnippet, type TextPart } from "../search/snippets.ts";
import { cutAtCharacter } from "./cut.ts";
import { Watched } from "./watched.tsx";

interface MatchedPaper {
  paper: Paper;
  /** Stems of the query that the paper holds. */
  matched: readonly string[];
}

const maxTitleChars = 300;

export function HighlightedTitle({ paper, matched }: MatchedPaper) {
  const title = cutAtCharacter(paper.titleText, maxTitleChars) || "(no title given)";
  return <>{highlight(title, matched).map(renderPart)}</>;
}

/** The passage of the abstract that holds most of the words; nothing where no abstract is held. */
export function Snippet({ paper, matched }: MatchedPaper) {
  if (paper.abstractText === "") return null;
  return (
    <p class="abstract" dir="auto">
      {makeSnippet(paper.abstractText, matched).map(renderPart)}
    </p>
  );
}

function renderPart({ text, hit }: TextPart) {
  return hit ? <mark>{text}</mark> : <Watched text={text} />;
}
