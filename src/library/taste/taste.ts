// What is known of a reader when papers are chosen for him: what was learned, what he follows, what must not speak.
import { listStems } from "../../search/analyzer.ts";
import { keyOfFollow } from "../follow-key.ts";
import type { Follow } from "../library.ts";
import type { LibrarySettings } from "../settings.ts";
import type { LearnedTaste } from "./learn.ts";

/** Followed things: what they are found by -> how they were written. */
export interface Taste {
  learned: LearnedTaste | null;
  authors: Map<string, string>;
  categories: Map<string, string>;
  keywords: Map<string, string>;
  searches: string[];
  /** Kinds of reasons ("popular"), or one of a kind ("search:graph nets"). */
  silent: ReadonlySet<string>;
}

export function tasteOf(
  learned: LearnedTaste | null,
  follows: readonly Pick<Follow, "kind" | "value">[],
  settings: LibrarySettings,
): Taste {
  const silent = new Set(settings.vetoes.reasons);
  const keyed = (kind: Follow["kind"]) =>
    follows
      .filter((follow) => follow.kind === kind && !isSilent(silent, kind, follow.value))
      .map((follow) => [keyOfFollow(follow).key, follow.value] as const);
  return {
    learned: silent.has("taste") ? null : learned,
    authors: new Map(keyed("author")),
    categories: new Map(keyed("category")),
    keywords: new Map(keyed("keyword")),
    searches: keyed("search").map(([key]) => key),
    silent,
  };
}

function isSilent(silent: ReadonlySet<string>, kind: string, value: string): boolean {
  return silent.has(kind) || silent.has(`${kind}:${value}`);
}

/** The stems of the words that must not count; a stem itself may be named, as the page of a taste does. */
export function vetoedStems({ vetoes }: LibrarySettings): Set<string> {
  return new Set(vetoes.words.flatMap((word) => [word, ...listStems(word)]));
}
