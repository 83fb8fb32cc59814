// The routes of editions: the latest, and those of a day, a week, a month.
import type { Context } from "hono";
import type { Edition, EditionKind, EmptyEdition } from "../editions/edition.ts";
import { type Period, padEditionKey, parseEditionKey, periodOf } from "../editions/edition-key.ts";
import { isChoiceOpen } from "../harvest/harvest-choice-store.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import { findSampleState } from "../harvest/sample-store.ts";
import { mayAs } from "../http/visitor.ts";
import { links } from "../links.ts";
import { cutAtCharacter } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { EditionPage } from "./edition-page.tsx";
import { EmptyEditionPage, NoPapersPage } from "./empty-edition-page.tsx";
import { answerProblem, type Problem } from "./error-page.tsx";
import { answerView, findKeeperView } from "./keeper-view.tsx";
import { answerPage, renderPage } from "./layout.tsx";
import { answerPapersFile, readFormat } from "./papers-file.ts";
import { keepForEver } from "./settled.ts";
import type { StartNoticeProps } from "./start-notice.tsx";

/** "/": the latest day that has papers. An owner who has not chosen yet is asked what to follow. */
export function frontRoute(deps: PageDeps) {
  const { db, config } = deps;
  return async (c: Context) => {
    const isAsked = mayAs(c, "owner") && (await isChoiceOpen(db, config.harvest.enabled));
    const latest = await deps.editions.latestDay(optionsOf(deps));
    if (!latest)
      return isAsked ? c.redirect(links.start(), 302) : answerPage(c, <NoPapersPage site={deps.site} />);
    const notice = isAsked ? { sample: (await findSampleState(db)) === "loaded" } : null;
    return answerEdition(c, deps, { key: latest, path: links.front(), notice });
  };
}

/** "/papers/week" and "/papers/month": on to the latest that has papers. */
export function latestRoute(deps: PageDeps, kind: EditionKind) {
  return async (c: Context) => {
    const latest = await deps.editions.latestDay(optionsOf(deps));
    return c.redirect(latest ? links.edition(kind, periodOf(kind, latest).key) : links.front(), 302);
  };
}

/** An edition by its key. Other spellings of the key, and keys of another kind, are led to the right address. */
export function editionRoute(deps: PageDeps, kind: EditionKind) {
  return async (c: Context) => {
    const given = c.req.param("key") ?? "";
    const period = parseEditionKey(padEditionKey(given));
    if (!period) return answerProblem(c, deps.site, noSuchDate(kind, given));
    if (period.kind !== kind || period.key !== given) {
      return c.redirect(links.edition(period.kind, period.key), 301);
    }
    return answerEdition(c, deps, { key: period.key, path: links.edition(kind, period.key) });
  };
}

interface Asked {
  key: string;
  path: string;
  /** The way in, above the papers. */
  notice?: StartNoticeProps | null;
}

async function answerEdition(c: Context, deps: PageDeps, { key, path, notice = null }: Asked) {
  const { site, pages } = deps;
  const found = await deps.editions.get(key, optionsOf(deps));
  if (!found) return answerProblem(c, site, noSuchDate("day", key));
  const format = readFormat(c);
  if (format) {
    const papers = found.items.map(({ paper }) => paper);
    return answerPapersFile(c, deps, { format, name: found.key, papers });
  }
  const account = found.kind === "day" ? await findDayAccount(deps.db, key, deps.config.categories) : null;
  if (!("counts" in found)) {
    const edition = account === null ? found : { ...found, account };
    const latest = found.future ? await findBefore(deps, found) : null;
    return answerPage(c, <EmptyEditionPage {...{ site, edition, path, latest }} />);
  }
  const edition = account === null ? found : { ...found, account };
  const own = await findKeeperView(
    c,
    deps,
    found.items.map(({ paper }) => paper),
  );
  // One reader's marks are for nobody else: such a page is made anew, and kept nowhere here.
  if (own) return answerView(c, own, <EditionPage {...{ site, edition, path, notice }} />);
  if (path !== links.front()) keepForEver(c, found, { now: deps.clock(), config: deps.config });
  return pages.answer(c, found, {
    way: JSON.stringify([site.baseUrl(), path, account, notice]),
    render: () => renderPage(<EditionPage {...{ site, edition, path, notice }} />),
  });
}

async function findBefore(deps: PageDeps, { previous }: EmptyEdition): Promise<Edition | null> {
  const found = previous === null ? null : await deps.editions.get(previous, optionsOf(deps));
  return found && "counts" in found ? found : null;
}

function optionsOf({ clock, config }: PageDeps) {
  return { now: clock().toISOString(), categories: config.categories };
}

const examples: Record<EditionKind, Period["key"]> = {
  day: "2026-05-11",
  week: "2026-W20",
  month: "2026-05",
};

/** A key in the right form names a date that does not exist; another is not in the right form. */
function noSuchDate(kind: EditionKind, given: string): Problem {
  const looksRight = /^\d{4}-(W\d\d|\d\d(-\d\d)?)$/.test(padEditionKey(given));
  const shown = `“${cutAtCharacter(given, 40)}”`;
  return {
    title: looksRight ? `There is no ${kind} ${shown} in the calendar.` : `${shown} is not a ${kind}.`,
    remedy: (
      <>
        A {kind} is written like <a href={links.edition(kind, examples[kind])}>{examples[kind]}</a>. Or go to{" "}
        <a href={links.front()}>the latest edition</a>.
      </>
    ),
  };
}
