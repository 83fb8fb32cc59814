// broadsheet dump: the nightly files of the public bibliography, made now.
import { openApp } from "../app.ts";
import { dumpsFolderOf, makeDump } from "../harvest/dumps.ts";
import { links } from "../links.ts";
import type { Command } from "./command.ts";

export const dumpCommand: Command = {
  name: "dump",
  summary: "Make the files of the whole bibliography that the page /dumps offers, now",
  usage: "dump",
  help: `
Writes everything said of each paper as JSON lines, and a table, both compressed, with checksums, into
the folder "dumps" of the data folder; a running server goes on beside it and offers them on /dumps.
"serve" does the same each night where it has a public address (BROADSHEET_DUMPS says otherwise).
Nothing is written when nothing has changed since the last.`,
  options: {},
  async run(input) {
    await using app = await openApp(input.config);
    const folder = dumpsFolderOf(input.config.dataFolder);
    const options = { folder, now: input.clock(), signal: input.signal };
    const dump = await app.readSnapshot((db) => makeDump(db, options));
    if (!dump) return { document: { dump: null }, text: "Nothing has changed since the last dump." };
    const megabytes = dump.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const text = `Wrote ${dump.papers.toLocaleString("en-US")} papers to ${folder} (${megabytes.toFixed(1)} MB); see ${app.baseUrl()}${links.dumps()}.`;
    return { document: { dump }, text };
  },
};
