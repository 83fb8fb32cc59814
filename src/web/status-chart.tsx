// The chart of the ledger: a bar a day, solid as far as it is held, open above. The table below says the same in figures.
import type { LedgerDay } from "../harvest/ledger-report.ts";
import type { Day } from "../lib/clock.ts";
import { formatDayMonth, formatWeekday } from "../lib/dates.ts";
import { formatNumber } from "./words.ts";

interface Frame {
  width: number;
  /** Left of the bars, for the scale. */
  margin: number;
  barWidth: number;
}

const height = 150;
const base = 130;
/** On wide pages and on telephones: the same drawing, drawn for each. */
const frames: Record<"wide" | "narrow", Frame> = {
  wide: { width: 1200, margin: 48, barWidth: 25 },
  narrow: { width: 358, margin: 34, barWidth: 7 },
};

/** `days`: newest first. */
export function StatusChart({ days }: { days: readonly LedgerDay[] }) {
  const oldestFirst = days.toReversed();
  return (
    <figure class="figure">
      <figcaption>
        <b>Announced and held, entries a day.</b> A solid bar is held; an open top is announced and not held.
      </figcaption>
      <Drawing days={oldestFirst} name="wide" />
      <Drawing days={oldestFirst} name="narrow" />
    </figure>
  );
}

function Drawing({ days, name }: { days: readonly LedgerDay[]; name: keyof typeof frames }) {
  const frame = frames[name];
  const step = stepOf(Math.max(1, ...days.map(({ announced }) => announced)));
  const top = step * 4;
  const y = (value: number) => Math.round((base - (value / top) * (base - 10)) * 10) / 10;
  return (
    <svg
      class={`chart ${name}`}
      viewBox={`0 0 ${frame.width} ${height}`}
      role="img"
      aria-label={describe(days)}
    >
      {[1, 2, 3].map((n) => (
        <>
          <path class="grid" d={`M0 ${y(n * step)}H${frame.width}`} />
          <text x="0" y={y(n * step) - 4}>
            {formatNumber(n * step)}
          </text>
        </>
      ))}
      {days.map((day, index) => (
        <Bar day={day} x={xOf(frame, index, days.length)} y={y} frame={frame} />
      ))}
      <path class="axis" d={`M0 ${base}.5H${frame.width}`} />
    </svg>
  );
}

function xOf({ width, margin }: Frame, index: number, count: number): number {
  return Math.round(margin + ((width - margin) / count) * index);
}

function Bar({
  day: { day, announced, held },
  x,
  y,
  frame: { barWidth },
}: {
  day: LedgerDay;
  x: number;
  y: (value: number) => number;
  frame: Frame;
}) {
  return (
    <>
      {held > 0 ? <path d={`M${x} ${y(held)}h${barWidth}V${base}H${x}z`} /> : null}
      {announced > held ? (
        <path class="open" d={`M${x + 0.75} ${base}V${y(announced)}h${barWidth - 1.5}V${base}`} />
      ) : null}
      {formatWeekday(day) === "Monday" ? (
        <text x={x} y={height - 6}>
          {shortDay(day)}
        </text>
      ) : null}
    </>
  );
}

/** "9 Nov" */
export function shortDay(day: Day): string {
  return formatDayMonth(day).replace(/(?<=^\d+ \p{L}{3})\p{L}+/u, "");
}

/** 1, 2 or 5 times a power of ten, so that four of them hold the highest bar. */
export function stepOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest / 4));
  const factor = [1, 2, 5, 10].find((one) => one * power * 4 >= highest) ?? 10;
  return Math.max(1, factor * power);
}

function describe(days: readonly LedgerDay[]): string {
  const short = days.filter(({ announced, held }) => held < announced).map(({ day }) => formatDayMonth(day));
  const rest =
    short.length === 0 ? "every entry is held" : `every entry is held except on ${short.join(", ")}`;
  return `Announced and held entries a day, ${formatDayMonth(days[0]!.day)} to ${formatDayMonth(days.at(-1)!.day)}: ${rest}`;
}
