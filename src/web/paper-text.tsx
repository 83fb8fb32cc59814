// What a paper's page gives to read and to take along: abstract, links, citation.
import { toPlainText } from "../lib/plain-text.ts";
import { links } from "../links.ts";
import { citationFormats } from "../papers/citation-formats.ts";
import type { Paper } from "../papers/paper.ts";
import { RichText } from "./math.tsx";
import type { PaperLink } from "./paper-links.ts";

interface PaperTextProps {
  paper: Paper;
  paperLinks: readonly PaperLink[];
  bibtex: string;
}

export function PaperText({ paper, paperLinks, bibtex }: PaperTextProps) {
  return (
    <>
      {paper.withdrawn ? (
        <p class="kind">This paper has been withdrawn by its authors or its archive.</p>
      ) : null}
      <Abstract paper={paper} />
      <Actions paper={paper} paperLinks={paperLinks} />
      <details class="cite">
        <summary>Cite</summary>
        <pre tabindex={0}>{bibtex}</pre>
        <p class="actions">
          {Object.values(citationFormats).map(({ title, extension }) => (
            <a href={links.citation(paper.id, extension)}>{title} file</a>
          ))}
        </p>
      </details>
    </>
  );
}

function Abstract({ paper }: { paper: Paper }) {
  if (paper.abstractKind === "none" || paper.abstractText === "")
    return <p class="by">No abstract is held.</p>;
  return (
    <>
      {paper.abstractKind === "summary" ? <p class="kind">Summary, not the authors’ abstract</p> : null}
      {splitParagraphs(paper).map(({ given, plain }) => (
        <p class="abstract" dir="auto">
          <RichText given={given} plain={plain} />
        </p>
      ))}
    </>
  );
}

/** Paragraphs of abstracts: blank lines, and lines that begin indented after a sentence's end (arXiv's way). */
const paragraphBreak = /\n\s*\n|(?<=[.!?:)”"])\n {2,}(?=\S)/;

function splitParagraphs({ abstract, abstractText }: Paper): { given: string; plain: string }[] {
  const parts = abstract.split(paragraphBreak).filter((part) => part.trim() !== "");
  if (parts.length < 2) return [{ given: abstract, plain: abstractText }];
  return parts.map((given) => ({ given, plain: toPlainText(given) }));
}

function Actions({ paper, paperLinks }: { paper: Paper; paperLinks: readonly PaperLink[] }) {
  return (
    <p class="actions">
      {paperLinks.map(({ href, label }) => (
        <a href={href}>{label}</a>
      ))}
      <a href={links.similar(paper.id)}>More like this</a>
      <a href={links.paperJson(paper.id)}>JSON</a>
    </p>
  );
}
