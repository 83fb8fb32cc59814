// Titles and passages of results, with the words that matched marked.
import { raw } from "hono/html";
import { useContext } from "hono/jsx";
import type { Paper } from "../papers/paper.ts";
import { renderHighlights } from "../search/highlights.ts";
import { highlight, makeSnippet, type TextPart } from "../search/snippets.ts";
import { cutAtCharacter } from "./cut.ts";
import { KeeperContext } from "./keeper-context.ts";
import { Watched } from "./watched.tsx";

interface MatchedPaper {
  paper: Paper;
  /** Stems of the query that the paper holds. */
  matched: readonly string[];
}

const maxTitleChars = 300;

export function HighlightedTitle({ paper, matched }: MatchedPaper) {
  const title = cutAtCharacter(paper.titleText, maxTitleChars) || "(no title given)";
  return <Marked parts={highlight(title, matched)} />;
}

/** The passage of the abstract that holds most of the words; nothing where no abstract is held. */
export function Snippet({ paper, matched }: MatchedPaper) {
  if (paper.abstractText === "") return null;
  return (
    <p class="abstract" dir="auto">
      <Marked parts={makeSnippet(paper.abstractText, matched)} />
    </p>
  );
}

/** Two hundred pieces a page: as one text each, unless the reader's own words are to be marked among them. */
function Marked({ parts }: { parts: readonly TextPart[] }) {
  const watches = useContext(KeeperContext)?.watches ?? [];
  if (watches.length === 0) return raw(renderHighlights(parts));
  return <>{parts.map(({ text, hit }) => (hit ? <mark>{text}</mark> : <Watched text={text} />))}</>;
}
