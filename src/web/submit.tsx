// Putting a paper forward for today: by identifier, address or title; typed in where nobody can be asked; taken back.
import { type Context, Hono } from "hono";
import { findMeant, savePaper } from "../community/find-to-submit.ts";
import { personOf } from "../community/person.ts";
import { maySubmit, type ProposalOutcome, propose, undoProposal } from "../community/proposals.ts";
import { readTypedPaper, type TypedPaper } from "../community/typed-paper.ts";
import { visitorOf } from "../http/visitor.ts";
import { dayOf } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPaper, findPapersByPk } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { answerPage } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { ProposedPage, SubmitPage, type SubmitPageProps, TypePage } from "./submit-page.tsx";

/** Papers of a like title that are offered. */
const mostOffered = 5;

export function submitRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.submit(), (c) => answerForm(c, deps, {}));
  routes.post(links.submit(), guardForm(deps), async (c) => {
    const what = ((await readForm(c))?.get("what") ?? "").trim();
    if (what === "" || what.length > 500) return answerForm(c, deps, { what, problem: "empty" }, 400);
    if (!allowed(c, deps)) return answerProblem(c, deps.site, notAllowed, 403);
    const meant = await findMeant(deps.work, what);
    if (meant.kind === "paper") return putForward(c, deps, meant.paper);
    if (meant.kind === "title") return offerTitles(c, deps, meant.title);
    const typed = { title: "", authors: "", abstract: "", where: what };
    return answerPage(c, <TypePage deps={deps} typed={typed} problems={{}} message={meant.message} />);
  });
  routes.post("/submit/paper", guardForm(deps), async (c) => {
    const found = await findPaper(deps.db, (await readForm(c))?.get("paper") ?? "");
    return found && "paper" in found
      ? putForward(c, deps, found.paper)
      : answerProblem(c, deps.site, nothingHere);
  });
  routes.post("/submit/typed", guardForm(deps), (c) => takeTyped(c, deps));
  routes.post("/submit/undo", guardForm(deps), async (c) => {
    const found = await findPaper(deps.db, (await readForm(c))?.get("paper") ?? "");
    if (!found || !("paper" in found)) return answerProblem(c, deps.site, nothingHere);
    const undone = await undoProposal(deps.db, personOf(visitorOf(c).account), found.paper.pk, deps.clock());
    if (!undone) return answerProblem(c, deps.site, nothingToUndo, 409);
    return c.redirect(links.submit(), 303);
  });
  return routes;
}

function rulesOf({ config }: PageDeps) {
  return { readersMayADay: config.readerSubmissions };
}

function allowed(c: Context, deps: PageDeps): boolean {
  return maySubmit(personOf(visitorOf(c).account), rulesOf(deps));
}

function answerForm(
  c: Context,
  deps: PageDeps,
  props: Omit<SubmitPageProps, "deps">,
  status: 200 | 400 = 200,
) {
  keepPrivate(c);
  if (!allowed(c, deps)) return answerProblem(c, deps.site, notAllowed, 403);
  return answerPage(c, <SubmitPage deps={deps} {...props} />, status);
}

async function putForward(c: Context, deps: PageDeps, paper: Paper) {
  keepPrivate(c);
  const person = personOf(visitorOf(c).account);
  const outcome = await propose(deps.db, person, paper.pk, { now: deps.clock(), ...rulesOf(deps) });
  if (outcome === "not-allowed") return answerProblem(c, deps.site, notAllowed, 403);
  const status = statusOf[outcome];
  return answerPage(c, <ProposedPage deps={deps} paper={paper} outcome={outcome} />, status);
}

const statusOf: Record<Exclude<ProposalOutcome, "not-allowed">, 200 | 409 | 429> = {
  shown: 200,
  there: 409,
  removed: 409,
  "too-many": 429,
};

async function offerTitles(c: Context, deps: PageDeps, title: string) {
  const { hits } = deps.search.search({ query: title, limit: mostOffered });
  const papers = await findPapersByPk(
    deps.db,
    hits.map(({ key }) => key),
  );
  return answerForm(c, deps, { what: title, offered: [...papers.values()] });
}

async function takeTyped(c: Context, deps: PageDeps) {
  keepPrivate(c);
  const form = await readForm(c);
  const given = (name: keyof TypedPaper) => form?.get(name) ?? "";
  const typed = {
    title: given("title"),
    authors: given("authors"),
    abstract: given("abstract"),
    where: given("where"),
  };
  // The first step, with what was typed so far.
  if (form?.has("begin")) return answerPage(c, <TypePage deps={deps} typed={typed} problems={{}} />);
  if (!allowed(c, deps)) return answerProblem(c, deps.site, notAllowed, 403);
  const read = readTypedPaper(typed, dayOf(deps.clock()));
  if ("problems" in read)
    return answerPage(c, <TypePage deps={deps} typed={typed} problems={read.problems} />, 400);
  return putForward(c, deps, await savePaper(deps.work, read));
}

const notAllowed = {
  title: "Readers put nothing forward here.",
  remedy: (
    <>
      Editors do; ask whoever keeps this Broadsheet. You can{" "}
      <a href={links.front()}>vote for what is there</a>.
    </>
  ),
};

const nothingToUndo = {
  title: "There is nothing of yours to take back.",
  remedy: (
    <>
      You can take back what you put forward today. <a href={links.front()}>To today’s edition</a>.
    </>
  ),
};
