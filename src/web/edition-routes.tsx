// The routes of editions: the latest, and those of a day, a week, a month.
import type { Context } from "hono";
import type { Edition, EditionKind, EmptyEdition } from "../editions/edition.ts";
import { padEditionKey, parseEditionKey, periodOf } from "../editions/edition-key.ts";
import { findSettledAt } from "../editions/editions-store.ts";
import { isChoiceOpen } from "../harvest/harvest-choice-store.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import { findSampleState } from "../harvest/sample-store.ts";
import { mayAs } from "../http/visitor.ts";
import type { Instant } from "../lib/clock.ts";
import { links } from "../links.ts";
import { readAsOf, readExplain } from "./asked-view.ts";
import type { PageDeps } from "./deps.ts";
import { renderEditionPage } from "./edition-page.tsx";
import { EmptyEditionPage, NoPapersPage, NothingStoodPage } from "./empty-edition-page.tsx";
import { answerProblem } from "./error-page.tsx";
import { findKeeperView } from "./keeper-view.tsx";
import { answerPage } from "./layout.tsx";
import { noSuchDate } from "./no-such-date.tsx";
import { answerPapersFile, readFormat } from "./papers-file.ts";
import { keepAsItStood, keepForEver } from "./settled.ts";
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
  const { site } = deps;
  const asOf = readAsOf(c, deps.clock());
  const found = await deps.editions.get(key, { ...optionsOf(deps), ...(asOf === null ? {} : { asOf }) });
  if (!found) return answerProblem(c, site, noSuchDate("day", key));
  const format = readFormat(c);
  if (format) {
    const papers = found.items.map(({ paper }) => paper);
    return answerPapersFile(c, deps, { format, name: found.key, papers });
  }
  if (asOf !== null) return answerAsItStood(c, deps, { found, asOf });
  const account = found.kind === "day" ? await findDayAccount(deps.db, key, deps.config.categories) : null;
  if (!("counts" in found)) {
    const edition = account === null ? found : { ...found, account };
    const latest = found.future ? await findBefore(deps, found) : null;
    return answerPage(c, <EmptyEditionPage {...{ site, edition, path, latest }} />);
  }
  const edition = account === null ? found : { ...found, account };
  const explained = readExplain(c);
  const own = await findKeeperView(
    c,
    deps,
    found.items.map(({ paper }) => paper),
  );
  // One reader's marks are for nobody else: such a page is made anew, and kept nowhere here.
  const props = { site, edition, path, notice, explained };
  if (own) return c.html(await renderEditionPage(props, own));
  if (path !== links.front()) keepForEver(c, found, { now: deps.clock(), config: deps.config });
  return deps.pages.answer(c, found, {
    way: JSON.stringify([site.baseUrl(), path, account, notice, explained]),
    render: () => renderEditionPage(props),
  });
}

/** Made of nothing that moves: neither the account of the day nor what has come since. */
async function answerAsItStood(
  c: Context,
  deps: PageDeps,
  { found, asOf }: { found: Edition | EmptyEdition; asOf: Instant },
) {
  const { site, db, config } = deps;
  const path = links.edition(found.kind, found.key);
  if (!("counts" in found))
    return answerPage(c, <NothingStoodPage {...{ site, edition: found, asOf }} />, 404);
  const isFixed = !found.cut?.reconstructed || (await findSettledAt(db, found)) !== null;
  if (isFixed) keepAsItStood(c, asOf, { now: deps.clock(), config });
  const explained = readExplain(c);
  return deps.pages.answer(c, found, {
    way: JSON.stringify([site.baseUrl(), path, explained]),
    render: () => renderEditionPage({ site, edition: found, path, explained }),
  });
}

async function findBefore(deps: PageDeps, { previous }: EmptyEdition): Promise<Edition | null> {
  const found = previous === null ? null : await deps.editions.get(previous, optionsOf(deps));
  return found && "counts" in found ? found : null;
}

function optionsOf({ clock, config }: PageDeps) {
  return { now: clock().toISOString(), categories: config.categories };
}
