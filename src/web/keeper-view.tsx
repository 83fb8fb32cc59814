// Pages as the reader sees them who keeps something here: with marks, watched words and what was just done. For everybody else the
// same page without, so that what is kept in caches is nobody's own.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { findMarksOn, listFollows } from "../library/library.ts";
import { listStems } from "../search/analyzer.ts";
import type { PageDeps } from "./deps.ts";
import { findPageKeeper } from "./keeper.ts";
import { KeeperContext, type KeeperView } from "./keeper-context.ts";
import { answerPage } from "./layout.tsx";
import { takeNote } from "./mark-note.ts";

/** Null for whoever keeps nothing here. Two queries. */
export async function findKeeperView(
  c: Context,
  deps: PageDeps,
  papers: readonly { pk: number }[],
): Promise<KeeperView | null> {
  const keeper = findPageKeeper(c);
  if (keeper === null) return null;
  const pks = papers.map(({ pk }) => pk);
  const { pathname, search } = new URL(c.req.url);
  const follows = await listFollows(deps.db, keeper);
  return {
    path: pathname + search,
    marks: await findMarksOn(deps.db, keeper, pks),
    follows,
    watches: follows.filter(({ kind }) => kind === "keyword").map(({ value }) => listStems(value)),
    note: takeNote(c, deps),
  };
}

/** Answers with a page of these papers, as whoever asks may see it. */
export async function answerPapers(
  c: Context,
  deps: PageDeps,
  { papers, page }: { papers: readonly { pk: number }[]; page: Child },
) {
  return answerView(c, await findKeeperView(c, deps, papers), page);
}

export function answerView(c: Context, view: KeeperView | null, page: Child) {
  return answerPage(c, asSeen(page, view));
}

export function asSeen(page: Child, view: KeeperView | null): Child {
  return view ? <KeeperContext.Provider value={view}>{page}</KeeperContext.Provider> : page;
}
