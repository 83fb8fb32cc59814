// Following a search, an author, a category or a word by a button, and stopping; back to where the button stood.
import { type Context, Hono } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { addFollow, type FollowKind, followKinds, removeFollow } from "../library/library.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { keepPrivate } from "./private-page.ts";
import { safeReturn } from "./return-to.ts";

type Change = (keeper: string, follow: { kind: FollowKind; value: string }) => Promise<unknown>;

export function followRoutes(deps: PageDeps): Hono {
  const { db, clock } = deps;
  const routes = new Hono();
  const now = () => clock().toISOString();
  routes.post(links.follows(), guardForm(deps), (c) =>
    change(c, deps, (keeper, follow) => addFollow(db, keeper, follow, now())),
  );
  routes.post(links.unfollow(), guardForm(deps), (c) =>
    change(c, deps, (keeper, follow) => removeFollow(db, keeper, follow, now())),
  );
  return routes;
}

async function change(c: Context, { site }: PageDeps, run: Change): Promise<Response> {
  keepPrivate(c);
  const form = await readForm(c);
  const kind = followKinds.find((each) => each === form?.get("kind"));
  if (!kind) return answerProblem(c, site, nothingHere);
  await run(keeperOf(c), { kind, value: (form?.get("value") ?? "").toWellFormed() });
  return c.redirect(safeReturn(form?.get("back")), 303);
}
