// What the parts of a page know of the reader it is made for; null on pages that are the same for everybody.
import { createContext } from "hono/jsx";
import type { Follow, Mark } from "../library/library.ts";

/** What was just done, told once, with what would undo it. */
export interface MarkNote {
  text: string;
  /** What the button of undoing sends as "do"; see mark-acts.ts. */
  undo: string;
}

export interface KeeperView {
  /** The address of this page: where its forms lead back to. */
  path: string;
  marks: ReadonlyMap<number, readonly Mark[]>;
  follows: readonly Follow[];
  /** Stems of the keywords that are watched, a phrase each. */
  watches: readonly (readonly string[])[];
  note: MarkNote | null;
}

export const KeeperContext = createContext<KeeperView | null>(null);
