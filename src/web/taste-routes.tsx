// "/me/taste": what was learned of a reader and from what, to be seen, corrected, taken along, brought and emptied.
import { type Context, Hono } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { describeTaste } from "../library/describe-taste.ts";
import { exportLibrary } from "../library/document.ts";
import { importFile } from "../library/import-file.ts";
import { resetLibrary } from "../library/keeper.ts";
import { findSettings, listFolders, listFollows, listMarks, saveSettings } from "../library/library.ts";
import { changeVeto } from "../library/vetoes.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { answerPapers } from "./keeper-view.tsx";
import { keepPrivate } from "./private-page.ts";
import { safeReturn } from "./return-to.ts";
import { TastePage } from "./taste-page.tsx";

/** A reference manager's whole export. */
const largestFile = 8 * 1024 * 1024;

export function tasteRoutes(deps: PageDeps): Hono {
  const { db, clock } = deps;
  const routes = new Hono();
  const now = () => clock().toISOString();
  routes.get(links.taste(), (c) => answerTaste(c, deps));
  routes.get(links.tasteFile(), async (c) => {
    keepPrivate(c);
    const document = await exportLibrary(db, keeperOf(c), now());
    return c.body(`${JSON.stringify(document, null, 2)}\n`, 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="broadsheet-library.json"',
    });
  });
  const act = (path: string, run: (keeper: string, form: ReadonlyMap<string, string>) => Promise<unknown>) =>
    routes.post(path, guardForm(deps), async (c) => {
      keepPrivate(c);
      const form = (await readForm(c)) ?? new Map<string, string>();
      await run(keeperOf(c), form);
      return c.redirect(safeReturn(form.get("back") ?? links.taste()), 303);
    });
  act("/me/taste/name", async (keeper, form) => {
    const settings = await findSettings(db, keeper);
    const given = { name: form.get("name") ?? "", arxivAuthor: form.get("arxivAuthor") ?? "" };
    await saveSettings(db, keeper, { ...settings, ...given }, now());
  });
  act("/me/taste/veto", (keeper, form) => {
    const of = form.get("of") === "words" ? "words" : "reasons";
    const veto = { of, value: form.get("value") ?? "", on: form.get("on") !== "no" } as const;
    return changeVeto(db, keeper, veto, now());
  });
  routes.post("/me/taste/file", guardForm(deps, largestFile), (c) => takeFile(c, deps));
  routes.post("/me/taste/reset", guardForm(deps), async (c) => {
    keepPrivate(c);
    if ((await readForm(c))?.get("sure") !== "yes") return answerProblem(c, deps.site, notSure, 400);
    await resetLibrary(db, keeperOf(c), now());
    return c.redirect(links.taste(), 303);
  });
  return routes;
}

const notSure = {
  title: "Nothing was emptied.",
  remedy: (
    <>
      Tick that you are sure, on <a href={links.taste()}>the page of your taste</a>.
    </>
  ),
};

async function answerTaste(c: Context, deps: PageDeps) {
  const { db, clock } = deps;
  keepPrivate(c);
  const keeper = keeperOf(c);
  const props = {
    deps,
    facts: await describeTaste(db, keeper, { reader: deps.featureReader(), now: clock().toISOString() }),
    settings: await findSettings(db, keeper),
    follows: await listFollows(db, keeper),
    folders: await listFolders(db, keeper),
    marks: (await listMarks(db, keeper)).length,
  };
  return answerPapers(c, deps, { papers: [], page: <TastePage {...props} /> });
}

async function takeFile(c: Context, deps: PageDeps) {
  keepPrivate(c);
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
  const { file, back, replace } = body as Record<string, unknown>;
  if (!(file instanceof File) || file.size === 0) return answerProblem(c, deps.site, noFile, 400);
  const bytes = new Uint8Array(await file.arrayBuffer());
  await importFile(
    deps.db,
    keeperOf(c),
    { name: file.name, bytes },
    { now: deps.clock().toISOString(), replace: replace === "yes" },
  );
  return c.redirect(safeReturn(typeof back === "string" ? back : links.taste()), 303);
}

const noFile = { title: "No file was sent.", remedy: "Go back and choose one." };
