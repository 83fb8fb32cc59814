// What is recorded behind a paper's place: how it came in, and each observation with its source and time.
import type { Evidence } from "../editions/evidence-store.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { formatDay, formatInstant } from "../lib/dates.ts";
import { links } from "../links.ts";
import { toLine } from "./cut.ts";
import { formatAddress, safeHref } from "./safe-href.ts";
import { formatNumber } from "./words.ts";

type Observation = Evidence["signals"][number];

const kindNames: Record<Observation["kind"], string> = {
  upvotes: "Votes",
  comments: "Comments",
  stars: "Stars",
  repository: "Repository",
  organisation: "Organisation",
};

export function RecordedTable({ evidence: { signals } }: { evidence: Evidence }) {
  if (signals.length === 0) return <p>Nothing had been observed of it.</p>;
  return (
    <table>
      <caption>Observed</caption>
      <tbody>
        {signals.map((signal) => (
          <tr>
            <th scope="row">
              {kindNames[signal.kind] ?? signal.kind}
              <Seen source={signal.source} at={signal.observedAt} approximate={signal.approximate} />
            </th>
            <td>
              <Value signal={signal} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Seen({ source, at, approximate }: { source: string; at: Instant; approximate: boolean }) {
  return (
    <span class="how">
      {toLine(source, 40)}, {approximate ? "about " : ""}
      <time datetime={at}>{formatInstant(at)}</time>
    </span>
  );
}

function Value({ signal: { value, detail } }: { signal: Observation }) {
  if (value !== null) return <>{formatNumber(value)}</>;
  const href = safeHref(detail ?? "");
  const text = toLine(href ? formatAddress(href) : (detail ?? ""), 60);
  return href ? <a href={href}>{text}</a> : <bdi>{text}</bdi>;
}

interface WaysInProps {
  evidence: Evidence;
  carriedFrom: Day | null;
}

export function WaysInTable({ evidence: { submissions, announcements }, carriedFrom }: WaysInProps) {
  return (
    <table>
      <caption>How it came in</caption>
      <tbody>
        {carriedFrom ? (
          <tr>
            <th scope="row">Carried over</th>
            <td>
              from <a href={links.day(carriedFrom)}>{formatDay(carriedFrom)}</a>
            </td>
          </tr>
        ) : null}
        {submissions.map(({ day, source, submitter, submittedAt, recordedAt }) => (
          <tr>
            <th scope="row">
              Put forward for {formatDay(day)}
              <Times source={source} at={submittedAt} recordedAt={recordedAt} />
            </th>
            <td>{submitter === null ? "" : <bdi>{toLine(submitter, 60)}</bdi>}</td>
          </tr>
        ))}
        {announcements.map(({ day, category, late, recordedAt }) => (
          <tr>
            <th scope="row">
              Announced on {formatDay(day)}
              <Times source={late ? "held late" : ""} at={null} recordedAt={recordedAt} />
            </th>
            <td>{category}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Times({
  source,
  at,
  recordedAt,
}: {
  source: string;
  at: Instant | null;
  recordedAt: Instant | null;
}) {
  const parts = [
    toLine(source, 40),
    at === null ? "" : formatInstant(at),
    recordedAt === null ? "" : `recorded here at ${formatInstant(recordedAt)}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : <span class="how">{parts.join(", ")}</span>;
}
