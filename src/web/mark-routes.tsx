// Marks by the buttons of the pages: back to where the reader was, with what was done; the script gets the same as JSON.
import { type Context, Hono } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { findMarksOn, removeMark, replaceMarks, setMark } from "../library/library.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPaper } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { describeAct, formatRestore, type MarkAct, markStates, parseMarkAct } from "./mark-acts.ts";
import { keepNote } from "./mark-note.ts";
import { keepPrivate } from "./private-page.ts";
import { safeReturn } from "./return-to.ts";

export function markRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.post(links.marks(), guardForm(deps), async (c) => {
    keepPrivate(c);
    const form = await readForm(c);
    const act = parseMarkAct(form?.get("do") ?? "");
    const found = act && (await findPaper(deps.db, act.id));
    if (!found || !("paper" in found)) return answerProblem(c, deps.site, nothingHere);
    return answerMark(c, deps, { act, paper: found.paper, back: safeReturn(form?.get("back")) });
  });
  return routes;
}

async function answerMark(
  c: Context,
  deps: PageDeps,
  { act, paper, back }: { act: MarkAct; paper: Paper; back: string },
) {
  const keeper = keeperOf(c);
  const marksNow = async () => (await findMarksOn(deps.db, keeper, [paper.pk])).get(paper.pk) ?? [];
  const before = await marksNow();
  await perform(deps, keeper, { act, paper });
  const note = {
    text: describeAct(act, paper.titleText || "(no title given)"),
    undo: formatRestore(before, paper.id),
  };
  if (c.req.header("Accept") === "application/json") {
    const kinds = (await marksNow()).map(({ kind }) => kind);
    return c.json({
      ...note,
      paper: paper.id,
      kinds,
      state: kinds.map((kind) => markStates[kind]).join(", "),
    });
  }
  keepNote(c, deps, note);
  return c.redirect(`${back}#p${paper.id}`, 303);
}

async function perform(
  { db, clock }: PageDeps,
  keeper: string,
  { act, paper: { pk: paperPk } }: { act: MarkAct; paper: Paper },
): Promise<void> {
  const now = clock().toISOString();
  if (act.does === "restore") await replaceMarks(db, keeper, { paperPk, marks: act.marks }, now);
  else if (act.does === "set") await setMark(db, keeper, { paperPk, kind: act.kind }, now);
  else await removeMark(db, keeper, { paperPk, kind: act.kind }, now);
}
