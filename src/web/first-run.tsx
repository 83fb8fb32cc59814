// The first page, for the owner at this machine: what to follow, who they are, where; then how far their first harvest is.
import { type Context, Hono } from "hono";
import type { Db } from "../database/dialect.ts";
import { isZone } from "../digest/local-time.ts";
import { findHarvestChoice, isHarvestOn, saveHarvestChoice } from "../harvest/harvest-choice-store.ts";
import { listSourceStates } from "../harvest/harvest-states.ts";
import { findSampleState } from "../harvest/sample-store.ts";
import { mayAs } from "../http/visitor.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { links } from "../links.ts";
import { findCategoryName } from "../papers/category-names.ts";
import { countPapers } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { FirstRunProgress } from "./first-run-progress.tsx";
import { type FirstAnswers, type FirstProblems, QuestionsPage } from "./first-run-questions.tsx";
import { guardForm, readForm, readTicks } from "./form-body.ts";
import { answerPage } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";

/** Each category is three streams, asked one after the other with a pause between: more would not be done in a day. */
const mostCategories = 40;
const longestName = 120;

/** Only for the owner; anybody else is told so. */
export function firstRunRoutes(deps: PageDeps): Hono {
  const { db, config } = deps;
  const routes = new Hono();
  const path = links.start();
  const refuse = (c: Context) => answerProblem(c, deps.site, ownersOnly, 403);
  routes.get(path, async (c) => {
    keepPrivate(c);
    if (!mayAs(c, "owner")) return refuse(c);
    const asksAgain = c.req.query("change") !== undefined;
    if (!asksAgain && (await isHarvestOn(db, config.harvest.enabled))) return answerProgress(c, deps);
    return answerPage(c, <QuestionsPage deps={deps} answers={await knownAnswers(deps)} problems={{}} />);
  });
  routes.post(path, guardForm(deps), async (c) => {
    if (!mayAs(c, "owner")) return refuse(c);
    const answers = await readAnswers(c, deps);
    const problems = problemsOf(answers, config.categories);
    if (Object.keys(problems).length > 0)
      return answerPage(c, <QuestionsPage deps={deps} answers={answers} problems={problems} />, 400);
    await follow(deps, answers);
    return c.redirect(path, 303);
  });
  return routes;
}

const ownersOnly = {
  title: "This page is for the owner of this Broadsheet.",
  remedy: (
    <>
      On the machine it runs on it answers as long as nobody else is the owner; from elsewhere{" "}
      <a href={links.signIn(links.start())}>sign in</a> as the owner.
    </>
  ),
};

/** What was answered before, or what is likely: the settings' fields, this machine's own zone. */
async function knownAnswers({ db, config }: PageDeps): Promise<FirstAnswers> {
  const { author, zone } = await findHarvestChoice(db);
  const guessed = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    fields: config.categories,
    author: author ?? "",
    zone: zone ?? guessed,
    zoneGuessed: zone === null,
  };
}

async function readAnswers(c: Context, { config }: PageDeps): Promise<FirstAnswers> {
  const form = await readForm(c);
  const given = config.harvest.categoriesGiven;
  return {
    fields: given ? config.categories : [...new Set(await readTicks(c, "field"))],
    author: readAuthor(form?.get("author") ?? ""),
    zone: form?.get("zone") ?? "",
    zoneGuessed: false,
  };
}

/** A name as written, or the author id at the end of an address like arxiv.org/a/okafor_i_1. */
export function readAuthor(text: string): string {
  const name = toPlainText(text).replace(/\s+/g, " ").trim();
  return /^(?:https?:\/\/)?arxiv\.org\/a\/([a-z0-9_-]+)$/i.exec(name)?.[1] ?? name;
}

/** `known`: categories that are followed already, whatever their name. */
export function problemsOf({ fields, author, zone }: FirstAnswers, known: readonly string[]): FirstProblems {
  const problems: FirstProblems = {};
  const odd = fields.find((field) => findCategoryName(field) === null && !known.includes(field));
  if (odd !== undefined) problems.fields = `“${odd.slice(0, 40)}” is no field here.`;
  else if (fields.length === 0) problems.fields = "Choose one at least.";
  else if (fields.length > mostCategories)
    problems.fields = `These are ${fields.length}; choose ${mostCategories} at most.`;
  if (author.length > longestName) problems.author = `Write it with ${longestName} characters at most.`;
  if (!isZone(zone)) problems.zone = "Choose a zone from the list.";
  return problems;
}

/** The running program follows them from now on: everything that reads the settings shares this list. */
async function follow({ db, config, harvestSoon }: PageDeps, answers: FirstAnswers): Promise<void> {
  const { fields, author, zone } = answers;
  const chosen = [...fields];
  await saveHarvestChoice(db, { enabled: true, categories: chosen, author: author || null, zone });
  config.categories.splice(0, Infinity, ...chosen);
  harvestSoon();
}

async function answerProgress(c: Context, deps: PageDeps) {
  const { db, clock, config } = deps;
  const settings = { categories: config.categories, ...config.harvest };
  return answerPage(
    c,
    <FirstRunProgress
      site={deps.site}
      states={await listSourceStates({ db, clock, settings })}
      papers={await countPapers(db)}
      choice={await findHarvestChoice(db)}
      categories={config.categories}
      sampleHeld={await holdsSample(db)}
    />,
  );
}

async function holdsSample(db: Db): Promise<boolean> {
  return (await findSampleState(db)) === "loaded";
}
