// Headlines: the name before the first colon stands out, compounds stay together, formulas are set as mathematics.
import type { Child } from "hono/jsx";
import type { Paper } from "../papers/paper.ts";
import { cutAtCharacter } from "./cut.ts";
import { type Piece, splitRichText } from "./rich-text.ts";
import { renderWatched, Watched } from "./watched.tsx";

export type TitledPaper = Pick<Paper, "title" | "titleText">;

/** A longer beginning is no name but half of a sentence. */
const maxNameChars = 60;
/** A headline of the page; whole on the paper's own page. */
const maxHeadlineChars = 300;

interface SplitTitle {
  /** With its colon: "Soohak:"; empty when the title has none. */
  name: Piece[];
  rest: Piece[];
}

/** Splits at the first colon that follows a name and is followed by a space. Pure. */
export function splitTitle(paper: TitledPaper, maxChars: number = maxHeadlineChars): SplitTitle {
  const pieces = piecesOf(paper, maxChars);
  let length = 0;
  for (const [index, piece] of pieces.entries()) {
    const colon = "mathml" in piece ? -1 : piece.text.search(/:\s/);
    if (colon !== -1 && length + colon > 0 && length + colon <= maxNameChars) {
      return {
        name: [...pieces.slice(0, index), { text: piece.text.slice(0, colon + 1) }],
        rest: [{ text: piece.text.slice(colon + 1).trimStart() }, ...pieces.slice(index + 1)],
      };
    }
    length += piece.text.length;
  }
  return { name: [], rest: pieces };
}

function piecesOf({ title, titleText }: TitledPaper, maxChars: number): Piece[] {
  if (titleText === "") return [{ text: "(no title given)" }];
  if (titleText.length > maxChars) return [{ text: cutAtCharacter(titleText, maxChars) }];
  return splitRichText({ given: title, plain: titleText });
}

/** In headlines a title without colon is bold as a whole; after a name the rest is lighter. */
export function Headline({ paper, maxChars }: { paper: TitledPaper; maxChars?: number }) {
  const { name, rest } = splitTitle(paper, maxChars);
  if (name.length === 0) return <>{renderTogether(rest)}</>;
  return (
    <>
      {renderTogether(name)} <span class="rest">{renderTogether(rest)}</span>
    </>
  );
}

/** In lines only a name is bold. */
export function LineTitle({ paper }: { paper: TitledPaper }) {
  const { name, rest } = splitTitle(paper);
  if (name.length === 0) return <>{rest.map(renderWatched)}</>;
  return (
    <>
      <b>{name.map(renderWatched)}</b> {rest.map(renderWatched)}
    </>
  );
}

/** Compounds up to this length may be kept on one line of a narrow column. */
const maxCompoundChars = 22;
const compound = /([\p{L}\p{N}]+(?:[-‑][\p{L}\p{N}.]+)+)/u;

function renderTogether(pieces: Piece[]): Child[] {
  return pieces.map((piece) =>
    "mathml" in piece ? renderWatched(piece) : <Watched text={piece.text} render={keepCompounds} />,
  );
}

function keepCompounds(text: string): Child[] {
  return text
    .split(compound)
    .map((part, i) =>
      i % 2 === 1 && part.length <= maxCompoundChars ? <span class="nb">{part}</span> : part,
    );
}
