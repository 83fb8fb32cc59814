// broadsheet edition: the page of a day, week or month in the terminal, now or as it stood, with the reasons of its order.
import { openApp } from "../app.ts";
import { parseAsOf } from "../editions/as-of.ts";
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import { editionDocument } from "../editions/edition-document.ts";
import { findLatestDay, getEdition } from "../editions/editions.ts";
import { type Explanation, explainItem } from "../editions/explain.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const editionCommand: Command = {
  name: "edition",
  summary: "Print the page of a day, week or month, now or as it stood",
  usage: "edition [--date D | --week W | --month M] [--as-of TIME] [--explain]",
  help: `
Prints the edition in its order, with the reason for each paper. Without a date: that of the latest day.
With --as-of the page as it stood at that time: the same document, byte for byte, whatever has been imported,
corrected or joined since.

  --date D      a day, e.g. 2026-05-12
  --week W      an ISO week, e.g. 2026-W20
  --month M     a month, e.g. 2026-05
  --as-of TIME  as of this instant, e.g. 2026-05-12T12:00:00Z
  --explain     every term of every score, what was expected of the paper and from what

Of a time before anything of the page was held there was no page; it is then made from what had been observed
by that time, and says so.

Examples:
  broadsheet edition --date 2026-05-12 --explain
  broadsheet edition --week 2026-W20 --as-of 2026-05-15T06:00:00Z --json`,
  options: {
    date: { type: "string" },
    week: { type: "string" },
    month: { type: "string" },
    "as-of": { type: "string" },
    explain: { type: "boolean" },
  },
  async run(input) {
    const now = input.clock().toISOString();
    const asOf = readAsOf(input.values["as-of"], now);
    const given = readKey(input);
    await using app = await openApp(input.config);
    const { categories } = app.config;
    const key = given ?? (await findLatestDay(app.db, { now: asOf ?? now, categories }));
    if (key === null) throw new AppError("not-found", "There are no papers yet.");
    const edition = await getEdition(app.db, key, { now, categories, ...(asOf ? { asOf } : {}) });
    if (!edition) throw new AppError("bad-usage", `There is no ${key}.`);
    return describe(edition, input.values.explain === true);
  },
};

const forms = {
  date: { pattern: /^\d{4}-\d\d-\d\d$/, example: "a day like 2026-05-12" },
  week: { pattern: /^\d{4}-W\d\d$/, example: "a week like 2026-W20" },
  month: { pattern: /^\d{4}-\d\d$/, example: "a month like 2026-05" },
} as const;

function readKey({ values, positionals }: CommandInput): string | null {
  if (positionals.length > 0)
    throw new AppError("bad-usage", "Name the page with --date, --week or --month.");
  const given = Object.entries(forms).filter(([name]) => values[name] !== undefined);
  if (given.length > 1) throw new AppError("bad-usage", "Give one of --date, --week and --month.");
  const [form] = given;
  if (!form) return null;
  const [name, { pattern, example }] = form;
  const key = String(values[name]);
  if (pattern.test(key)) return key;
  throw new AppError("bad-usage", `--${name} takes ${example}, not "${key}".`);
}

function readAsOf(given: CommandInput["values"][string], now: Instant): Instant | null {
  if (given === undefined) return null;
  const text = String(given);
  const read = parseAsOf(text, now);
  if ("asOf" in read) return read.asOf;
  throw new AppError("bad-usage", `--as-of "${text}" ${read.wrong}.`, {
    remedy: "A time is written like 2026-05-12T12:00:00Z, the beginning of a day like 2026-05-12.",
  });
}

function describe(edition: Edition | EmptyEdition, explain: boolean): CommandOutcome {
  const document = editionDocument(edition, { explain });
  if (!("formula" in edition)) return { document, text: `${edition.key}: no papers.` };
  const { key, number, items, formula, asOf, asOfApproximate, cut } = edition;
  const head = [
    `${key}, No. ${number}: ${items.length} papers, as of ${asOfApproximate ? "about " : ""}${asOf}, by ${formula}`,
    ...(cut ? [`as it stood at ${cut.asOf}`] : []),
    ...(cut?.reconstructed
      ? ["nothing of it was held then: made from what had been observed by that time"]
      : []),
    ...(explain ? switchLines(edition) : []),
    "",
  ];
  const lines = items.flatMap((item) => [
    itemLine(item),
    ...(explain ? explanationLines(explainItem(edition, item)) : []),
  ]);
  return { document, text: [...head, ...lines].join("\n") };
}

function switchLines({ switches }: Edition): string[] {
  return Object.entries(switches).map(([name, { on, why }]) => `${name}: ${on ? "on" : "off"} (${why})`);
}

function itemLine({ rank, score, paper, reason }: EditionItem): string {
  return `${String(rank).padStart(4)}  ${formatPoints(score).padStart(8)}  ${paper.id.padEnd(12)}  ${paper.titleText}\n${" ".repeat(30)}${reason}`;
}

function explanationLines({ terms, estimate }: Explanation): string[] {
  const indent = " ".repeat(30);
  return [
    ...terms.map(
      ({ words, value, points, weight }) =>
        `${indent}${formatPoints(points).padStart(8)}  ${words}: ${formatPoints(value)} (${weight})`,
    ),
    ...(estimate?.sides ?? []).flatMap(({ parts }) =>
      parts.map(
        ({ words, value, said }) =>
          `${indent}${" ".repeat(8)}  ${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)} ${words}${said ? ` (${said.join(", ")})` : ""}`,
      ),
    ),
  ];
}

function formatPoints(points: number): string {
  return points.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
