// Words that the reader watches, marked in a text; as values, never as HTML.
import { type Child, useContext } from "hono/jsx";
import { highlightPhrases } from "../search/snippets.ts";
import { KeeperContext } from "./keeper-context.ts";
import { renderPiece } from "./math.tsx";
import type { Piece } from "./rich-text.ts";

/** For everybody else the text as it is; `render` may set a stretch of it. */
export function Watched({
  text,
  render = (part) => part,
}: {
  text: string;
  render?: (part: string) => Child;
}) {
  const watches = useContext(KeeperContext)?.watches ?? [];
  if (watches.length === 0) return <>{render(text)}</>;
  return (
    <>
      {highlightPhrases(text, watches).map(({ text: part, hit }) =>
        hit ? <mark class="watched">{render(part)}</mark> : render(part),
      )}
    </>
  );
}

/** Formulas hold no words. */
export function renderWatched(piece: Piece) {
  return "mathml" in piece ? renderPiece(piece) : <Watched text={piece.text} />;
}
