// The head of an edition: name, date, counts, neighbours, key of the marks, share of each field.
import type { Child } from "hono/jsx";
import { closingOf } from "../editions/carried.ts";
import type { Edition, EditionKey, EditionKind, EmptyEdition, Field } from "../editions/edition.ts";
import { periodOf } from "../editions/edition-key.ts";
import { editionTitle, weekNumber } from "../editions/edition-title.ts";
import {
  formatDay,
  formatDayMonth,
  formatDayRange,
  formatInstant,
  formatMonth,
  formatTime,
} from "../lib/dates.ts";
import { links } from "../links.ts";
import { Mark } from "./marks.tsx";
import { count, formatCounts, formatShare } from "./words.ts";

/** With the ledger's line on the day, where it has one. */
export type AnyEdition = (Edition | EmptyEdition) & { account?: string };

/** How the page is shown, and at which address. */
interface Shown {
  path: string;
  explained: boolean;
}

/** The large masthead with its date line, and below it neighbours and key. */
export function EditionHead({ edition, view }: { edition: AnyEdition; view?: Shown }) {
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
        <MarksKey edition={edition} view={view} />
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
      <OtherInstant edition={edition} />
      {edition.carriedOn > 0 ? (
        <p>{count(edition.carriedOn, "paper")} came after it closed and stand on a later page</p>
      ) : null}
      {edition.account ? (
        <p>
          by category: <a href={links.status(edition.key)}>{edition.account}</a>
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

/** "as it stood at 00:00 UTC, 13 May 2026 · now", or from the page of now to that of the closing, where more has come since. */
function OtherInstant({ edition }: { edition: Edition }) {
  const { kind, key, to, cut, asOf, heldAt } = edition;
  const path = links.edition(kind, key);
  if (cut)
    return (
      <p>
        {cut.reconstructed ? (
          <abbr title="Nothing of it was held here then: it is made from what had been observed by that time.">
            put together
          </abbr>
        ) : (
          "as it stood"
        )}{" "}
        at <time datetime={cut.asOf}>{formatInstant(cut.asOf)}</time> · <a href={path}>now</a>
      </p>
    );
  const closing = closingOf(to);
  if (asOf <= closing || closing > heldAt) return null;
  return (
    <p>
      now · <a href={links.editionView(path, { asOf: closing })}>as it stood when the {kind} closed</a>
    </p>
  );
}

function MarksKey({ edition, view }: { edition: AnyEdition; view: Shown | undefined }) {
  if (edition.items.length === 0) return <p class="key-marks">nothing of it is held here</p>;
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
      {view ? <ScoresLink edition={edition} view={view} /> : null}
      <span>
        <svg class="bar" width="24" height="9" aria-hidden="true" /> 1 % of {whole}
      </span>
    </p>
  );
}

function ScoresLink({ edition, view: { path, explained } }: { edition: AnyEdition; view: Shown }) {
  const asOf = "cut" in edition ? edition.cut?.asOf : undefined;
  return (
    <a href={links.editionView(path, { asOf, explain: !explained })} rel="nofollow">
      {explained ? "without the scores" : "every score"}
    </a>
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
