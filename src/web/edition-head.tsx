// The head of an edition: name, date, counts, neighbours, key of the marks, share of each field.
import type { Child } from "hono/jsx";
import type { Edition, EditionKey, EditionKind, EmptyEdition, Field } from "../editions/edition.ts";
import { periodOf } from "../editions/edition-key.ts";
import { editionTitle, weekNumber } from "../editions/edition-title.ts";
import { formatDay, formatDayMonth, formatDayRange, formatMonth, formatTime } from "../lib/dates.ts";
import { links } from "../links.ts";
import { Mark } from "./marks.tsx";
import { count, formatCounts, formatShare } from "./words.ts";

/** With the ledger's line on the day, where it has one. */
export type AnyEdition = (Edition | EmptyEdition) & { account?: string };

/** The large masthead with its date line, and below it neighbours and key. */
export function EditionHead({ edition }: { edition: AnyEdition }) {
  return (
    <>
      <div class="masthead">
        <p class="name">
          <a href={links.front()}>Broadsheet</a>
        </p>
        <div class="dateline">
          <div>
            <h1>{editionTitle(edition)}</h1>
            <p>{"number" in edition ? numberLine(edition) : "No edition"}</p>
          </div>
          <CountsLine edition={edition} />
        </div>
      </div>
      <div class="key">
        <MarksKey edition={edition} />
        <Neighbours edition={edition} />
      </div>
    </>
  );
}

function numberLine(edition: Edition): string {
  const range = edition.kind === "week" ? `, ${formatDayRange(edition.from, edition.to)}` : "";
  return `No. ${edition.number}${range}`;
}

function CountsLine({ edition }: { edition: AnyEdition }) {
  if (!("counts" in edition))
    return (
      <div>
        <p class="strong">0 held</p>
      </div>
    );
  return (
    <div>
      <p class="strong">{formatCounts(edition.counts)}</p>
      <p>{formatAsOf(edition)}</p>
      {edition.carriedOn > 0 ? (
        <p>{count(edition.carriedOn, "paper")} came after it closed and stand on a later page</p>
      ) : null}
      {edition.account ? (
        <p>
          <a href={links.status(edition.key)}>{edition.account}</a>
        </p>
      ) : null}
    </div>
  );
}

/** "as of 08:30 UTC", "as of about 08:30 UTC, 13 May" where the last observation is estimated or of another day. */
function formatAsOf({ asOf, asOfApproximate, to }: Edition): Child {
  const day = asOf.slice(0, 10);
  return (
    <>
      as of{" "}
      {asOfApproximate ? (
        <abbr title="The source does not say when it counted; this is an estimate.">about</abbr>
      ) : null}{" "}
      <time datetime={asOf}>
        {formatTime(asOf)}
        {day === to ? "" : `, ${day.slice(0, 4) === to.slice(0, 4) ? formatDayMonth(day) : formatDay(day)}`}
      </time>
    </>
  );
}

function MarksKey({ edition }: { edition: AnyEdition }) {
  if (edition.items.length === 0) return <p class="key-marks">nothing was announced or put forward</p>;
  const whole = edition.items.length > 50 ? "the best fifty’s score" : "the page’s score";
  return (
    <p class="key-marks">
      <a href={`${links.about()}#marks`}>
        <Mark name="why" />
        why it is here
      </a>
      <a href={`${links.about()}#marks`}>
        <Mark name="gap" />
        what is missing
      </a>
      <span>
        <svg class="bar" width="24" height="9" aria-hidden="true" /> 1 % of {whole}
      </span>
    </p>
  );
}

const relatedKinds: Record<EditionKind, EditionKind[]> = {
  day: ["week", "month"],
  week: ["month"],
  month: [],
};

/** Previous and next that have papers, and the wider editions around. */
function Neighbours({ edition }: { edition: AnyEdition }) {
  const { kind, previous, next, from } = edition;
  return (
    <nav class="neighbours" aria-label="Other editions">
      {previous ? (
        <a href={links.edition(kind, previous)} rel="prev">
          ‹ {shortTitle(kind, previous)}
        </a>
      ) : null}
      {next ? (
        <a href={links.edition(kind, next)} rel="next">
          {shortTitle(kind, next)} ›
        </a>
      ) : null}
      {relatedKinds[kind].map((wider) => {
        const { key } = periodOf(wider, from);
        return <a href={links.edition(wider, key)}>{shortTitle(wider, key)}</a>;
      })}
    </nav>
  );
}

/** "11 May", "Week 19", "April 2026" */
export function shortTitle(kind: EditionKind, key: EditionKey): string {
  if (kind === "day") return formatDayMonth(key);
  return kind === "week" ? `Week ${weekNumber(key)}` : formatMonth(`${key}-01`);
}

export interface FieldShare {
  field: Field;
  share: number;
  /** Where its papers begin on the page. */
  href: string;
}

/** What each field has of the page, and room for what the script finds new. */
export function SharesLine({ shares }: { shares: readonly FieldShare[] }) {
  return (
    <nav class="shares" aria-label="Fields">
      <ul>
        {shares.map(({ field, share, href }) => (
          <li>
            <a href={href}>
              <b>{field}</b> {formatShare(share)}
            </a>
          </li>
        ))}
      </ul>
      <p class="news" id="news" role="status" />
    </nav>
  );
}
