// The ledger for everybody: what was announced and what of it is held, thirty days by category, and what went wrong.
import type { Context } from "hono";
import { listAccounts } from "../harvest/harvest.ts";
import {
  type LedgerCell,
  type LedgerIncident,
  type LedgerReport,
  readLedgerReport,
} from "../harvest/ledger-report.ts";
import { mayAs } from "../http/visitor.ts";
import { formatDayMonth, formatLongDay, formatTime, formatWeekday } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import type { Site } from "./site.ts";
import { type Blocked, BlockedLetters, findBlocked } from "./status-blocked.tsx";
import { StatusChart, shortDay } from "./status-chart.tsx";
import { StateMark, stateMeanings } from "./status-marks.tsx";
import { count, formatNumber, joinNames } from "./words.ts";

function readReport({ db, search, clock, config }: PageDeps): Promise<LedgerReport> {
  const indexedUpTo = search.status().changeNumber;
  const accounts = listAccounts({ categories: config.categories, ...config.harvest });
  return readLedgerReport(db, { now: clock().toISOString(), accounts, indexedUpTo });
}

export function statusRoute(deps: PageDeps) {
  return async (c: Context) => {
    const report = await readReport(deps);
    const owner = mayAs(c, "owner");
    const blocked = owner ? await findBlocked(deps) : null;
    if (owner) keepPrivate(c);
    return answerPage(c, <StatusPage {...{ site: deps.site, report, blocked, owner }} />);
  };
}

/** The same as JSON. */
export function statusJsonRoute(deps: PageDeps) {
  return async (c: Context) => c.json(await readReport(deps), 200, { "Cache-Control": "no-cache" });
}

interface StatusPageProps {
  site: Site;
  report: LedgerReport;
  blocked: Blocked | null;
  owner: boolean;
}

function StatusPage({ site, report, blocked, owner }: StatusPageProps) {
  return (
    <Page
      site={site}
      title="Ledger"
      path={links.status()}
      current="ledger"
      description="What the archives announced and what is held of it, day by day and category by category."
      also={{ json: links.apiV1("ledger") }}
    >
      <PageHeading title={headline(report)} note={standing(report)} />
      {blocked ? <BlockedLetters blocked={blocked} /> : null}
      {report.announced === 0 ? <NothingAnnounced asked={wasAsked(report)} /> : null}
      {report.announced > 0 ? <StatusChart days={report.days} /> : null}
      <States />
      <LedgerTable report={report} />
      <Incidents incidents={report.incidents} />
      {owner ? <OwnersLetters /> : null}
    </Page>
  );
}

/** Of the newest day of which a source declared something that is out; without one, of the newest that has anything. */
function headline({ days }: Pick<LedgerReport, "days">): string {
  const isOut = (cell: LedgerCell | null) =>
    cell !== null && (cell.announced ?? 0) > 0 && cell.state !== "waiting";
  const newest = days.find(({ cells }) => cells.some(isOut)) ?? days.find(({ announced }) => announced > 0);
  if (!newest) return wasAsked({ days }) ? "Nothing has come yet" : "Nothing harvested yet";
  return `${formatNumber(newest.announced)} announced, ${formatNumber(newest.held)} held`;
}

function wasAsked({ days }: Pick<LedgerReport, "days">): boolean {
  return days.some(({ cells }) => cells.some((cell) => cell !== null));
}

function NothingAnnounced({ asked }: { asked: boolean }) {
  const start = <a href={links.start()}>the first page</a>;
  return (
    <div class="prose">
      {asked ? (
        <p>What is followed is asked for again and again, and {start} says how far it is.</p>
      ) : (
        <p>The owner says at {start} what is followed.</p>
      )}
    </div>
  );
}

function standing(report: LedgerReport) {
  const { asOf, announced, held, short } = report;
  return (
    <>
      As of{" "}
      <time datetime={asOf}>
        {formatLongDay(asOf.slice(0, 10))}, {formatTime(asOf)}
      </time>
      . Thirty days: {formatNumber(announced)} announced, {formatNumber(held)} held;{" "}
      {short === 0
        ? "nothing is short"
        : `${count(short, "category-day")} ${short === 1 ? "is" : "are"} short`}
      .
    </>
  );
}

function OwnersLetters() {
  return (
    <div class="prose">
      <p>
        Only the owner sees this: <a href={links.letters()}>send yourself a test letter</a>, and see where
        letters go.
      </p>
    </div>
  );
}

function States() {
  return (
    <p class="states">
      {stateMeanings.map(({ state, meaning }) => (
        <span>
          <StateMark state={state} share={0.5} /> {state}: {meaning}
        </span>
      ))}
    </p>
  );
}

const sunday = "Sunday";

function LedgerTable({ report: { columns, days } }: { report: LedgerReport }) {
  return (
    <section class="sideways" tabindex={0} aria-label="Ledger table">
      <table class="ledger">
        <caption class="unseen">Ledger of thirty days by source and category</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {columns.map(({ title, category }) => (
              <th scope="col" title={title === category ? undefined : category}>
                {title}
              </th>
            ))}
            <th scope="col">Announced</th>
            <th scope="col">Held</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, cells, announced, held }) => (
            <tr id={day} class={formatWeekday(day) === sunday ? "week-end" : undefined}>
              <th scope="row">
                <time datetime={day}>
                  <span class="weekday">{formatWeekday(day).slice(0, 3)} </span>
                  {shortDay(day)}
                </time>
              </th>
              {cells.map((cell) => (
                <Cell cell={cell} />
              ))}
              <td>{announced > 0 ? formatNumber(announced) : "–"}</td>
              <td>{announced > 0 ? formatNumber(held) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ cell }: { cell: LedgerCell | null }) {
  if (cell === null)
    return (
      <td>
        <span class="unseen">no account</span>
      </td>
    );
  const { state, received, announced, reason } = cell;
  const whole = Math.max(announced ?? 0, received);
  const isTrouble = state !== "fresh" && state !== "quiet" && state !== "waiting";
  const figure =
    received < whole ? `${formatNumber(received)} of ${formatNumber(whole)}` : formatNumber(received);
  return (
    <td class={isTrouble ? "trouble" : undefined} title={reason || undefined}>
      <StateMark state={state} share={whole > 0 ? received / whole : 0} /> {whole > 0 ? figure : ""}
      <span class={isTrouble ? "word" : "unseen"}> {state}</span>
    </td>
  );
}

function Incidents({ incidents }: { incidents: readonly LedgerIncident[] }) {
  return (
    <section class="section">
      <SectionHeading
        title="What went wrong"
        note={
          <>
            also as <a href={links.statusJson()}>JSON</a>
          </>
        }
      />
      {incidents.length === 0 ? <p>Nothing in thirty days.</p> : null}
      <dl class="incidents">
        {incidents.map(({ day, at, categories, state, reason }) => (
          <>
            <dt>
              <time datetime={day}>{formatDayMonth(day)}</time>
            </dt>
            <dd>
              {joinNames(categories)} {state} at {formatTime(at)}
              {at.slice(0, 10) === day ? "" : ` on ${formatDayMonth(at.slice(0, 10))}`}: {reason}
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
