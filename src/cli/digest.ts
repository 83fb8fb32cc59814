// broadsheet digest: the issue of a day, shown or sent by hand.
import { openApp } from "../app.ts";
import { type IssueReport, previewIssue, sendIssueByHand } from "../digest/by-hand.ts";
import { parseEditionKey } from "../editions/edition-key.ts";
import { findLatestDay } from "../editions/editions.ts";
import { letterContext } from "../jobs/recurring.ts";
import { AppError } from "../lib/errors.ts";
import { keptLettersFolder } from "../mail/letter-folder.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const digestCommand: Command = {
  name: "digest",
  summary: "Show or send the daily letter of a day",
  usage: "digest [--date DAY] [--dry-run] [--to ADDRESS | --test ADDRESS]",
  help: `
Sends the letter with the best papers of DAY to every confirmed reader who has not had that issue. A
running server does this by itself, at each reader's hour; by hand it is harmless twice: nobody gets an
issue again, and nobody a paper again.

  --date DAY      the edition, e.g. 2026-05-12; without it the latest that has papers
  --dry-run       print the letter; write and send nothing
  --to ADDRESS    one address only. A confirmed reader gets the issue (once). Any other address gets a
                  test copy that is kept nowhere; one that has unsubscribed or not confirmed gets nothing
  --test ADDRESS  send a test copy to this address, also to a reader, and count it for nothing

Exit status 1 when a letter was refused or has to wait.

Examples:
  broadsheet digest --date 2026-05-12 --dry-run
  broadsheet digest --date 2026-05-12 --to me@example.org`,
  options: {
    date: { type: "string" },
    "dry-run": { type: "boolean" },
    to: { type: "string" },
    test: { type: "string" },
  },
  async run(input) {
    const { values, positionals } = input;
    if (positionals.length > 0) throw new AppError("bad-usage", `digest takes no "${positionals[0]}".`);
    const given = readDay(values.date);
    await using app = await openApp(input.config, { clock: input.clock });
    const context = letterContext(app);
    const day = given ?? (await getLatestDay(app, input));
    if (values.to !== undefined && values.test !== undefined)
      throw new AppError("bad-usage", "Name one address, by --to or by --test.");
    const named = values.test ?? values.to;
    const to = typeof named === "string" ? { to: named, test: values.test !== undefined } : {};
    if (values["dry-run"]) return formatPreview(day, await previewIssue(context, day, to.to));
    const report = await sendIssueByHand(context, day, { ...to, signal: input.signal });
    return formatReport(report, keptLettersFolder(app.config.dataFolder));
  },
};

function readDay(given: CommandInput["values"][string]): string | undefined {
  if (given === undefined) return undefined;
  if (parseEditionKey(String(given))?.kind === "day") return String(given);
  throw new AppError("bad-usage", `--date takes a day like 2026-05-12, not "${given}".`);
}

async function getLatestDay(
  app: Awaited<ReturnType<typeof openApp>>,
  { clock, config }: CommandInput,
): Promise<string> {
  const options = { now: clock().toISOString(), categories: config.categories };
  const day = await findLatestDay(app.db, options);
  if (day !== null) return day;
  throw new AppError("not-found", "There is no edition yet.", {
    remedy: "Import papers first: broadsheet import FILE...",
  });
}

function formatPreview(
  day: string,
  { letter, readers, paperIds }: Awaited<ReturnType<typeof previewIssue>>,
): CommandOutcome {
  const { to, subject, text, html } = letter;
  return {
    document: { date: day, readers, papers: paperIds, letter: { to, subject, text, html } },
    text: `Subject: ${subject}\n\n${text}\n(Nothing was sent. ${count(readers, "reader")} without this issue.)`,
  };
}

function formatReport(report: IssueReport, folder: string): CommandOutcome {
  const { day, sent, failed, waiting, dropped, testCopy, alreadyHad, way } = report;
  const copy = testCopy ? " (a test copy)" : "";
  const parts = [
    way === "folder" && sent > 0
      ? `${count(sent, "letter")} kept in ${folder}${copy}, not sent: no mail server is set (BROADSHEET_SMTP_URL)`
      : `${count(sent, "letter")} sent${copy}`,
    ...(alreadyHad ? ["this reader has had the issue before"] : []),
    ...(failed > 0 ? [`${failed} refused`] : []),
    ...(waiting > 0 ? [`${waiting} waiting to be tried again`] : []),
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
  ];
  return {
    document: { date: day, way, sent, failed, waiting, dropped, testCopy, alreadyHad },
    text: `Issue of ${day}: ${parts.join(", ")}.`,
    failed: failed + waiting > 0,
  };
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
