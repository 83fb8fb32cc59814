// A paper's texts as units, found once for all who index it: the words of every segment and the vectors of every model.
import { maxStems } from "./scoring.ts";
import { knownUnits, scanUnits, UnitList } from "./unit-scanner.ts";

/** Valid until the next paper is read. */
export interface PaperUnits {
  /** Title, abstract, authors, one behind the other. */
  list: UnitList;
  /** Where in the list the title and the abstract end. */
  titleEnd: number;
  abstractEnd: number;
  /** Where each author ends. Those behind more names than are indexed are left out. */
  authorEnds: number[];
  /** Of `knownUnits` when the paper was read: in another one the numbers mean nothing. */
  epoch: number;
}

export interface PaperTexts {
  title: string;
  abstract: string;
  authors: readonly string[];
}

const list = new UnitList();

/** Finds the units of a paper of clean text. */
export function readUnits({ title, abstract, authors }: PaperTexts): PaperUnits {
  knownUnits.tidy();
  list.length = 0;
  // All of it: the hash of a title is that of all its stems.
  scanUnits(title, list);
  const titleEnd = list.length;
  scanUnits(abstract, list, maxStems[1]);
  const abstractEnd = list.length;
  const authorEnds: number[] = [];
  let stems = 0;
  for (const author of authors) {
    if (stems > maxStems[2]) break;
    stems += scanUnits(author, list, maxStems[2]);
    authorEnds.push(list.length);
  }
  return { list, titleEnd, abstractEnd, authorEnds, epoch: knownUnits.epoch };
}
