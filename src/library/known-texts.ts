// What a taste sees of papers held here: each is read once for the many readers who keep it, and again when it changes.
import type { Db } from "../database/dialect.ts";
import type { Paper } from "../papers/paper.ts";
import { findChangeNumbers, findPapersByPk } from "../papers/papers-store.ts";
import type { FeatureReader, Features } from "./taste/features.ts";

export interface KnownText {
  /** Of the paper as it is now: one that became part of another is that one. */
  pk: number;
  title: string;
  features: Features;
}

interface Shelved extends KnownText {
  changeNumber: number;
}

/** Papers of a generation, some 6 kB each with what learning keeps beside them; two generations are held. */
const mostShelved = 8_000;
/** Papers that are read from the database at a time. */
const batchSize = 500;

interface Shelf {
  young: Map<number, Shelved>;
  old: Map<number, Shelved>;
}

const shelves = new WeakMap<FeatureReader, Shelf>();

/** By the pks that were asked for; papers that are gone are missing. */
export async function readTexts(
  db: Db,
  reader: FeatureReader,
  pks: readonly number[],
): Promise<Map<number, KnownText>> {
  const shelf = shelves.get(reader) ?? { young: new Map(), old: new Map() };
  shelves.set(reader, shelf);
  const changes = await findChangeNumbers(db, pks);
  const found = new Map<number, KnownText>();
  const unread: number[] = [];
  for (const pk of pks) {
    const text = shelf.young.get(pk) ?? shelf.old.get(pk);
    if (text && text.changeNumber === changes.get(pk)) {
      found.set(pk, text);
      put(shelf, pk, text);
    } else unread.push(pk);
  }
  for (let from = 0; from < unread.length; from += batchSize) {
    for (const [pk, paper] of await findPapersByPk(db, unread.slice(from, from + batchSize))) {
      const text = { ...textOf(reader, paper), changeNumber: paper.changeNumber };
      found.set(pk, text);
      put(shelf, pk, text);
    }
  }
  return found;
}

function put(shelf: Shelf, pk: number, text: Shelved): void {
  if (shelf.young.size >= mostShelved) {
    shelf.old = shelf.young;
    shelf.young = new Map();
  }
  shelf.young.set(pk, text);
}

/** The same for a reader who wants some words not to count. */
export function textOf(reader: FeatureReader, paper: Paper, vetoed?: ReadonlySet<string>): KnownText {
  const text = {
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors.map(({ name }) => name),
  };
  return { pk: paper.pk, title: paper.titleText, features: reader.read(text, vetoed) };
}
