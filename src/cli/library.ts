// broadsheet library: what a reader keeps, shown, marked, followed, taken out and brought in as one document.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { type App, openApp } from "../app.ts";
import { openByteStream } from "../lib/byte-stream.ts";
import { AppError } from "../lib/errors.ts";
import { describeTaste, type TasteFacts } from "../library/describe-taste.ts";
import { exportLibrary, importLibrary, parseLibrary } from "../library/document.ts";
import { keeperAtMachine, resetLibrary } from "../library/keeper.ts";
import {
  addFollow,
  type FollowKind,
  findSettings,
  followKinds,
  listFollows,
  listMarks,
  type MarkKind,
  markKinds,
  removeFollow,
  removeMark,
  saveSettings,
  setMark,
} from "../library/library.ts";
import { addReferences } from "../library/references.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { detectFormat } from "../sources/detect.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { getPaper } from "./paper.ts";

export const libraryCommand: Command = {
  name: "library",
  summary: "Show, mark, follow, export and import what a reader keeps",
  usage:
    "library [show | mark KIND ID... | unmark KIND ID... | follow KIND VALUE | unfollow KIND VALUE | set NAME VALUE | export | import FILE | reset]",
  help: `
  show                    marks, follows, settings, and what was learned from them (the default)
  mark KIND ID...         KIND is save, later, more, less or hide; ID is any id of a paper
  unmark KIND ID...       take a mark back
  follow KIND VALUE       KIND is search, author, category or keyword
  unfollow KIND VALUE     stop following
  set name NAME           your name as papers print it, so that your own papers teach your taste;
                          or: set arxiv-author ID, veto-words "word, word", veto-reasons "popular, author:Ada"
  export                  all of it as one JSON document
  import FILE             such a document, or references: BibTeX, RIS, CSL-JSON, Zotero RDF ("-": a document on
                          standard input)
  reset                   empty the library; addresses of private feeds go on working

  --keeper WHO            whose library: an account's id; default the first owner, or this machine
  --folder NAME           with mark save and import of references: the folder they go to
  --replace               with import of a document: empty the library first

Examples:
  broadsheet library mark save 1706.03762 --folder attention
  broadsheet library follow search '"state space" has:code'
  broadsheet library import ~/thesis.bib --folder thesis
  broadsheet library export > library.json`,
  options: { keeper: { type: "string" }, folder: { type: "string" }, replace: { type: "boolean" } },
  async run(input) {
    const [action = "show", ...given] = input.positionals;
    const run = actions[action];
    if (!run) throw new AppError("bad-usage", `library cannot "${action}".`);
    await using app = await openApp(input.config, { clock: input.clock });
    const now = input.clock().toISOString();
    const { keeper: named } = input.values;
    const keeper = typeof named === "string" ? named : await keeperAtMachine(app.db, now);
    return await run({ app, keeper, now, input }, given);
  },
};

interface Context {
  app: App;
  keeper: string;
  now: string;
  input: CommandInput;
}

type Action = (context: Context, given: string[]) => Promise<CommandOutcome>;

const actions: Record<string, Action | undefined> = Object.assign(Object.create(null), {
  show: showLibrary,
  mark: (context: Context, given: string[]) => changeMarks(context, given, true),
  unmark: (context: Context, given: string[]) => changeMarks(context, given, false),
  follow: (context: Context, given: string[]) => changeFollow(context, given, true),
  unfollow: (context: Context, given: string[]) => changeFollow(context, given, false),
  set: changeSetting,
  export: async ({ app, keeper, now }: Context) => {
    const document = await exportLibrary(app.db, keeper, now);
    return { document, text: JSON.stringify(document, null, 2) };
  },
  import: importFile,
  reset: async ({ app, keeper, now }: Context) => {
    await resetLibrary(app.db, keeper, now);
    return { document: { reset: keeper }, text: "The library is empty." };
  },
});

async function showLibrary({ app, keeper, now }: Context): Promise<CommandOutcome> {
  const { marks, ...rest } = await exportLibrary(app.db, keeper, now);
  const learned = await describeTaste(app.db, keeper, { reader: app.featureReader(), now });
  const lines = [
    ...marks.map(
      ({ kind, folder, paper, title }) =>
        `${kind.padEnd(5)} ${paper}  ${title}${folder ? `  [${folder}]` : ""}`,
    ),
    ...rest.follows.map(({ kind, value }) => `follows ${kind} ${value}`),
    ...(rest.references.length > 0 ? [`references beside them: ${rest.references.length}`] : []),
    ...formatFacts(learned),
  ];
  const text = lines.length > 0 ? lines.join("\n") : "Nothing is kept yet.";
  return { document: { marks, ...rest, learned }, text };
}

function formatFacts(facts: TasteFacts | null): string[] {
  if (!facts) return [];
  const say = (words: TasteFacts["for"]) =>
    words.map(({ stem, weight }) => `${stem} ${weight.toFixed(3)}`).join(", ");
  return [
    `learned from ${facts.positives} papers for and ${facts.negatives} against`,
    `  for: ${say(facts.for)}`,
    ...(facts.against.length > 0 ? [`  against: ${say(facts.against)}`] : []),
  ];
}

async function changeMarks(context: Context, given: string[], on: boolean): Promise<CommandOutcome> {
  const { app, keeper, now, input } = context;
  const [kind, ...ids] = given;
  if (!markKinds.includes(kind as MarkKind) || ids.length === 0)
    throw new AppError("bad-usage", `Name a kind of mark (${markKinds.join(", ")}) and papers.`);
  const folder = typeof input.values.folder === "string" ? input.values.folder : "";
  const done: { paper: string; title: string }[] = [];
  for (const id of ids) {
    const paper = await getPaper(app.db, id);
    const mark = { paperPk: paper.pk, kind: kind as MarkKind };
    if (on) await setMark(app.db, keeper, { ...mark, folder }, now);
    else await removeMark(app.db, keeper, mark, now);
    done.push({ paper: paper.id, title: paper.titleText });
  }
  const verb = on ? kind : `no longer ${kind}`;
  const text = done.map(({ paper, title }) => `${verb}: ${paper}  ${title}`).join("\n");
  const marks = (await listMarks(app.db, keeper)).length;
  return { document: { kind, on, papers: done, marks }, text };
}

async function changeFollow(context: Context, given: string[], on: boolean): Promise<CommandOutcome> {
  const { app, keeper, now } = context;
  const [kind, ...words] = given;
  if (!followKinds.includes(kind as FollowKind) || words.length === 0)
    throw new AppError("bad-usage", `Name what to follow: ${followKinds.join(", ")}, and its words.`);
  const follow = { kind: kind as FollowKind, value: words.join(" ") };
  if (on) await addFollow(app.db, keeper, follow, now);
  else if (!(await removeFollow(app.db, keeper, follow, now)))
    throw new AppError("not-found", `The ${kind} "${follow.value}" is not followed.`);
  const follows = await listFollows(app.db, keeper);
  return { document: { follows }, text: follows.map((one) => `${one.kind} ${one.value}`).join("\n") };
}

async function changeSetting({ app, keeper, now }: Context, given: string[]): Promise<CommandOutcome> {
  const [name, ...words] = given;
  const value = words.join(" ");
  const settings = await findSettings(app.db, keeper);
  const list = value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const changes: Record<string, object | undefined> = {
    name: { name: value },
    "arxiv-author": { arxivAuthor: value },
    "veto-words": { vetoes: { ...settings.vetoes, words: list } },
    "veto-reasons": { vetoes: { ...settings.vetoes, reasons: list } },
  };
  const change = Object.hasOwn(changes, name ?? "") ? changes[name!] : undefined;
  if (!change) throw new AppError("bad-usage", `Settings are ${Object.keys(changes).join(", ")}.`);
  const kept = await saveSettings(app.db, keeper, { ...settings, ...change }, now);
  return { document: { settings: kept }, text: JSON.stringify(kept, null, 2) };
}

/** Largest file that is looked at as a document. */
const mostBytes = 64 * 1024 * 1024;

async function importFile({ app, keeper, now, input }: Context, given: string[]): Promise<CommandOutcome> {
  const [path, ...others] = given;
  if (!path || others.length > 0) throw new AppError("bad-usage", "Name one file to import.");
  if (path !== "-" && !path.endsWith(".json"))
    return await importReferences({ app, keeper, now, input }, path);
  const text = path === "-" ? await readAll(process.stdin) : await readText(path);
  const format = text.trimStart().startsWith("[")
    ? detectFormat(text.slice(0, 65_536), basename(path))
    : null;
  if (format && path !== "-") return await importReferences({ app, keeper, now, input }, path);
  const replace = input.values.replace === true;
  const report = await importLibrary(app.db, keeper, parseLibrary(text), { now, replace });
  const { marks, follows, references, unknown } = report;
  const lost = unknown.map((title) => `\n  not held here: ${title}`).join("");
  return { document: report, text: `${marks} marks, ${follows} follows, ${references} references.${lost}` };
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > mostBytes) throw new AppError("bad-input", `${path} is larger than 64 MiB.`);
    return bytes.toString("utf8");
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("bad-input", `${path} cannot be read: ${(error as Error).message}.`);
  }
}

async function importReferences({ app, keeper, now, input }: Context, path: string): Promise<CommandOutcome> {
  const head = (await readText(path)).slice(0, 65_536);
  const format = detectFormat(head, basename(path));
  if (!format) throw new AppError("bad-input", `${path} is in no format that is known here.`);
  const folder = typeof input.values.folder === "string" ? input.values.folder : "";
  const report = await addReferences(app.db, keeper, recordsOf(path, format), { folder, now });
  const { saved, kept, empty } = report;
  const text = `Papers here, saved: ${saved}. Kept as references: ${kept}${empty > 0 ? ` (without a title: ${empty})` : ""}.`;
  return { document: report, text };
}

async function* recordsOf(
  path: string,
  format: NonNullable<ReturnType<typeof detectFormat>>,
): AsyncGenerator<PaperRecord> {
  for await (const entry of format.read(await openByteStream(path), { fileName: basename(path) }))
    if (entry.ok) yield* entry.item.records.slice(0, 1);
}
