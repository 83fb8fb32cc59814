// "/explain/{day, week or month}/{id}": why a paper stands where it does on a page, as a page and as JSON.
import type { Context } from "hono";
import { padEditionKey, parseEditionKey } from "../editions/edition-key.ts";
import { editionTitle } from "../editions/edition-title.ts";
import { type FoundExplanation, findExplanation } from "../editions/find-explanation.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { links } from "../links.ts";
import { findPaper } from "../papers/papers-store.ts";
import { readAsOf } from "./asked-view.ts";
import { cutAtCharacter } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, type Problem } from "./error-page.tsx";
import { ExplainPage } from "./explain-page.tsx";
import { answerPage } from "./layout.tsx";
import { noSuchDate } from "./no-such-date.tsx";
import { absoluteUrl } from "./site.ts";

/** Any id of the paper leads to the address with its own. */
export function explainRoute(deps: PageDeps) {
  return async (c: Context) => {
    const given = c.req.param("key") ?? "";
    const id = c.req.param("id") ?? "";
    const period = parseEditionKey(padEditionKey(given));
    if (!period) return answerProblem(c, deps.site, noSuchDate("day", given));
    const asOf = readAsOf(c, deps.clock());
    const asJson = readIsJson(c);
    const { now, categories } = { now: deps.clock().toISOString(), categories: deps.config.categories };
    const options = { now, categories, ...(asOf === null ? {} : { asOf }) };
    const found = await findExplanation(deps, { key: period.key, id }, options);
    if (!found) return answerElsewhere(c, deps, { key: period.key, title: editionTitle(period), id });
    if (period.key !== given) return redirect(c, period.key, id);
    return asJson
      ? answerJson(c, deps, found)
      : answerPage(c, <ExplainPage site={deps.site} found={found} />);
  };
}

function readIsJson(c: Context): boolean {
  const format = c.req.query("format");
  if (format === undefined || format === "json") return format === "json";
  throw new AppError("bad-input", `There is no format “${cutAtCharacter(format, 40)}” of an explanation.`, {
    remedy: "There is json.",
  });
}

function redirect(c: Context, key: string, id: string) {
  return c.redirect(links.explain(key, id) + new URL(c.req.url).search, 301);
}

/** The words of the API (docs/api.md): one mapping, in editions/explain.ts. */
function answerJson(
  c: Context,
  { site }: PageDeps,
  { explanation, item, edition, evidence }: FoundExplanation,
) {
  c.header("X-Robots-Tag", "noindex");
  return c.json({
    ...explanation,
    of: edition.items.length,
    title: item.paper.titleText,
    url: absoluteUrl(site, links.explain(edition.key, item.paper.id, edition.cut?.asOf)),
    paperUrl: absoluteUrl(site, links.paper(item.paper.id)),
    carriedFrom: item.carriedFrom,
    recorded: evidence,
  });
}

async function answerElsewhere(
  c: Context,
  { db, site }: PageDeps,
  { key, title, id }: { key: string; title: string; id: string },
) {
  const paper = await findPaper(db, id);
  const own = paper === null ? null : "redirectTo" in paper ? paper.redirectTo : paper.paper.id;
  if (own !== null && own !== id) return redirect(c, key, own);
  return answerProblem(
    c,
    site,
    notThere({ key, title, id, isHeld: own !== null, asOf: c.req.query("as-of") }),
  );
}

interface NotThere {
  key: string;
  title: string;
  id: string;
  isHeld: boolean;
  asOf: Instant | undefined;
}

function notThere({ key, title, id, isHeld, asOf }: NotThere): Problem {
  const shown = cutAtCharacter(id, 80);
  const page = parseEditionKey(key)!;
  const then = asOf === undefined ? "" : " as it stood then";
  return {
    title: isHeld
      ? `“${shown}” is not on the page of ${title}${then}.`
      : `There is no paper “${shown}” here.`,
    remedy: (
      <>
        {isHeld ? (
          <>
            <a href={links.paper(id)}>Its own page</a> says where it appears; or see{" "}
          </>
        ) : (
          <>
            <a href={links.search(id.slice(0, 200))}>Search for it</a>, or see{" "}
          </>
        )}
        <a href={links.edition(page.kind, page.key)}>{title}</a>.
      </>
    ),
  };
}
