// Votes and reports: forms of one button each on the page of a paper; the browser comes back to it.
import { type Context, Hono } from "hono";
import { report } from "../community/moderation.ts";
import { personOf } from "../community/person.ts";
import { castVote, undoVote } from "../community/votes.ts";
import { visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPaper } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { keepPrivate } from "./private-page.ts";

export function voteRoutes(deps: PageDeps): Hono {
  const { db, clock, site } = deps;
  const routes = new Hono();
  const personHere = (c: Context) => personOf(visitorOf(c).account);
  routes.post("/votes", guardForm(deps), (c) =>
    ofPaper(c, deps, async (paper) => {
      const outcome = await castVote(db, personHere(c), paper.pk, clock());
      return outcome === "too-many" ? answerProblem(c, site, tooMany, 429) : backTo(c, paper);
    }),
  );
  routes.post("/votes/undo", guardForm(deps), (c) =>
    ofPaper(c, deps, async (paper) => {
      await undoVote(db, personHere(c), paper.pk, clock());
      return backTo(c, paper);
    }),
  );
  routes.post("/reports", guardForm(deps), (c) =>
    ofPaper(c, deps, async (paper, form) => {
      const given = { paperPk: paper.pk, reason: form.get("reason") ?? "" };
      const outcome = await report(db, personHere(c), given, clock());
      if (outcome === "too-many") return answerProblem(c, site, tooMany, 429);
      if (outcome === "empty") return answerProblem(c, site, sayWhy(paper), 400);
      return answerProblem(c, site, reported(paper), 200);
    }),
  );
  return routes;
}

type Form = ReadonlyMap<string, string>;

async function ofPaper(
  c: Context,
  { db, site }: PageDeps,
  run: (paper: Paper, form: Form) => Promise<Response>,
): Promise<Response> {
  keepPrivate(c);
  const form = (await readForm(c)) ?? new Map<string, string>();
  const found = await findPaper(db, form.get("paper") ?? "");
  return found && "paper" in found ? run(found.paper, form) : answerProblem(c, site, nothingHere);
}

function backTo(c: Context, paper: Paper): Response {
  return c.redirect(`${links.paper(paper.id)}#vote`, 303);
}

const tooMany = {
  title: "Too many at once.",
  remedy: "Wait an hour; what you did until now counts.",
};

function sayWhy(paper: Paper) {
  const back = <a href={links.paper(paper.id)}>Go back</a>;
  return { title: "Say why, in a few words.", remedy: <>{back} and write what is wrong with it.</> };
}

function reported(paper: Paper) {
  const back = <a href={links.paper(paper.id)}>Back to the paper</a>;
  return { title: "The editors will look at it.", remedy: <>{back}.</> };
}
