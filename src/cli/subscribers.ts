// broadsheet subscribers: who gets the letter; added only as unconfirmed, removed, exported, erased.
import { type App, openApp } from "../app.ts";
import { changeWishes } from "../digest/change-wishes.ts";
import {
  eraseReader,
  getReader,
  type ReaderSummary,
  readersOf,
  removeReader,
  summarizeReader,
} from "../digest/readers.ts";
import { sendQueuedLetters } from "../digest/send.ts";
import { requestSubscription } from "../digest/subscribe.ts";
import { type GivenWishes, weekdayNames } from "../digest/wishes.ts";
import { letterContext } from "../jobs/recurring.ts";
import { AppError } from "../lib/errors.ts";
import { explainAddress } from "../mail/address.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { exportReaders, importList, readLines, showProof } from "./subscriber-lists.ts";

export const subscribersCommand: Command = {
  name: "subscribers",
  summary: "List, add, export, remove and erase readers of the letter",
  usage:
    "subscribers [list | add ADDRESS... | import FILE | set ADDRESS | export [ADDRESS] | remove ADDRESS | erase ADDRESS | proof ADDRESS]",
  help: `
  list                    everybody, with state, hour, latest issue, and what went wrong (the default)
  add ADDRESS...          ask them: each gets a letter and is a reader once it is confirmed; nobody is
                          subscribed from here. "-" reads addresses from standard input, one a line
  import FILE             ask everybody of a list who is not known here: CSV with a column "address" or
                          "email" (and "zone", "time"), JSON as exported, or an address a line
  set ADDRESS             change what a reader asked you to change, with the options below
  export [ADDRESS]        all that is held of everybody, or of one: state, proof of consent, letters,
                          what came back
  remove ADDRESS          stop the letter, as the reader's own link does; the proof of consent stays
  erase ADDRESS           remove everything that is held of the reader. Of one who had confirmed, the
                          proof of consent stays under a hash of the address, to the end of the third year
  proof ADDRESS           show that proof

  --format FORMAT         with export: json (the default), or csv, a line a reader
  --zone ZONE             with add, import and set: the readers' clock, e.g. Europe/Berlin (default UTC)
  --time HH:MM            with add, import and set: the hour of the letter (default 09:00)

  With set:
  --days DAYS             weekdays of letters, e.g. mon,tue,wed or all
  --rhythm RHYTHM         daily, or weekly: on the first of the days
  --pause DATE            no letter before this date; "none" ends a pause
  --papers N              papers in a letter at most, 5 to 30
  --own PERCENT           of these, the reader's own picks, 0 to 100

Examples:
  broadsheet subscribers --json
  broadsheet subscribers add ada@example.org --zone Europe/Berlin --time 08:40
  broadsheet subscribers set ada@example.org --days mon,wed,fri --papers 20`,
  options: {
    format: { type: "string" },
    zone: { type: "string" },
    time: { type: "string" },
    days: { type: "string" },
    rhythm: { type: "string" },
    pause: { type: "string" },
    papers: { type: "string" },
    own: { type: "string" },
  },
  async run(input) {
    const [action = "list", ...addresses] = input.positionals;
    const run = actions[action];
    if (!run) throw new AppError("bad-usage", `subscribers cannot "${action}".`);
    await using app = await openApp(input.config, { clock: input.clock });
    return await run(app, addresses, input);
  },
};

type Action = (app: App, addresses: string[], input: CommandInput) => Promise<CommandOutcome>;

const actions: Record<string, Action | undefined> = Object.assign(Object.create(null), {
  list: listReaders,
  add: addReaders,
  import: importList,
  set: setReader,
  export: exportReaders,
  remove: (async (app, addresses, input) => {
    const { address } = await removeReader(app.db, onlyAddress(addresses), input.clock().toISOString());
    return { document: { removed: address }, text: `${address} gets no more letters.` };
  }) satisfies Action,
  erase: (async (app, addresses, input) => {
    const now = input.clock().toISOString();
    const { address, proofKept } = await eraseReader(app.db, onlyAddress(addresses), now);
    const proof = proofKept ? ` but the proof of consent (subscribers proof ${address})` : "";
    return {
      document: { erased: address, proofKept },
      text: `Nothing is held of ${address} any more${proof}.`,
    };
  }) satisfies Action,
  proof: showProof,
});

async function listReaders(app: App, addresses: string[]): Promise<CommandOutcome> {
  if (addresses.length > 0) throw new AppError("bad-usage", "list takes no address; export does.");
  const subscribers: ReaderSummary[] = [];
  for await (const reader of readersOf(app.db)) subscribers.push(await summarizeReader(app.db, reader));
  const text = subscribers.length === 0 ? "No subscribers yet." : subscribers.map(formatReader).join("\n");
  return { document: { subscribers }, text };
}

function formatReader(reader: ReaderSummary): string {
  const { address, state, when, pausedUntil, papers, lastIssue, trouble, returned } = reader;
  const pause = pausedUntil ? `, paused until ${pausedUntil}` : "";
  const issue = lastIssue ? `, latest issue ${lastIssue}` : "";
  const lines = [
    `${address}  ${state}, ${when}${pause}, ${papers} papers${issue}`,
    ...(trouble ? [`  trouble: ${trouble}`] : []),
    ...(returned ? [`  came back: ${formatReturned(returned)}`] : []),
  ];
  return lines.join("\n");
}

function formatReturned({ at, class: found, detail }: NonNullable<ReaderSummary["returned"]>): string {
  return `${at.slice(0, 10)} ${found}${detail ? `, ${detail}` : ""}`;
}

async function addReaders(app: App, given: string[], input: CommandInput): Promise<CommandOutcome> {
  const addresses = given.includes("-") ? await readLines() : given;
  if (addresses.length === 0) throw new AppError("bad-usage", "add takes at least one address.");
  const zone = String(input.values.zone ?? "UTC");
  const sendAt = String(input.values.time ?? "09:00");
  const refused: { address: string; problem: string }[] = [];
  for (const address of addresses) {
    const options = { now: input.clock().toISOString(), mailFrom: app.config.mailFrom };
    const problems = await requestSubscription(app.db, { address, zone, sendAt }, options);
    if (problems?.zone)
      throw new AppError("bad-usage", `--zone takes a zone like Europe/Berlin, not "${zone}".`);
    if (problems?.sendAt) throw new AppError("bad-usage", `--time takes a time like 08:40, not "${sendAt}".`);
    if (problems?.address) refused.push({ address, problem: explainAddress(problems.address) });
  }
  const letters = await sendQueuedLetters(letterContext(app), { kind: "confirmation", signal: input.signal });
  const asked = addresses.length - refused.length;
  const lines = [
    `${asked} asked, ${letters.sent} confirmation ${letters.sent === 1 ? "letter" : "letters"} sent, ${letters.waiting} waiting.`,
    ...refused.map(({ address, problem }) => `Not taken: ${JSON.stringify(address)}. ${problem}`),
  ];
  const failed = refused.length + letters.waiting + letters.failed > 0;
  return { document: { asked, refused, letters }, text: lines.join("\n"), failed };
}

/** Which option says which wish. */
const wishOptions = {
  zone: "zone",
  sendAt: "time",
  weekdays: "days",
  rhythm: "rhythm",
  pausedUntil: "pause",
  papers: "papers",
  ownShare: "own",
} as const;

async function setReader(app: App, addresses: string[], input: CommandInput): Promise<CommandOutcome> {
  const reader = await getReader(app.db, onlyAddress(addresses));
  const given: Partial<GivenWishes> = {};
  for (const [wish, option] of Object.entries(wishOptions) as [
    keyof GivenWishes,
    keyof typeof readOption,
  ][]) {
    const value = input.values[option];
    if (typeof value === "string") given[wish] = readOption[option]?.(value) ?? value;
  }
  if (Object.keys(given).length === 0)
    throw new AppError("bad-usage", "set takes at least one option, such as --time 08:40.");
  const problems = await changeWishes(app.db, reader, given, input.clock().toISOString());
  const [wrong] = Object.entries(problems ?? {}) as [keyof GivenWishes, string][];
  if (wrong) throw new AppError("bad-usage", `--${wishOptions[wrong[0]]}: ${wrong[1]}`);
  const summary = await summarizeReader(app.db, await getReader(app.db, reader.address));
  return { document: { subscriber: summary }, text: formatReader(summary) };
}

/** What is written otherwise on the command line than in the form. */
const readOption: Partial<Record<(typeof wishOptions)[keyof GivenWishes], (value: string) => string>> = {
  days: (value) => parseDayNames(value),
  pause: (value) => (value === "none" ? "" : value),
};

/** "mon,wed,fri" or "all" as ISO numbers; what is no day stays wrong. */
function parseDayNames(text: string): string {
  if (text.toLowerCase() === "all") return "1234567";
  const names = text.toLowerCase().split(/[\s,]+/);
  return names
    .map(
      (name) => weekdayNames.findIndex((day) => name.length >= 3 && day.toLowerCase().startsWith(name)) + 1,
    )
    .join("");
}

function onlyAddress(addresses: string[]): string {
  const [address, ...rest] = addresses;
  if (address !== undefined && rest.length === 0) return address;
  throw new AppError("bad-usage", "Name one address.");
}
