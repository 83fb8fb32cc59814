// broadsheet sources: what is harvested, how each part of it stands, and when it is due.
import { openApp } from "../app.ts";
import { isHarvestOn } from "../harvest/harvest-choice-store.ts";
import { listSourceStates, type SourceState } from "../harvest/harvest-states.ts";
import type { Command } from "./command.ts";

export const sourcesCommand: Command = {
  name: "sources",
  summary: "Show what is harvested, its state and when it is due",
  usage: "sources",
  help: `
Lists every stream of every source (arXiv has three for each category: its listing, its feed, its sweep
over OAI-PMH) with its state, its last success, when it is due next, and why.

  ok       the last visit went well
  failing  it did not; it is due again, as shown
  resting  the source wants to be left alone until then
  asking   being visited for the first time
  new      never visited`,
  options: {},
  async run({ config }) {
    await using app = await openApp(config);
    const enabled = await isHarvestOn(app.db, config.harvest.enabled);
    const states = await listSourceStates(app.work);
    return { document: { enabled, streams: states }, text: formatStates(states, enabled) };
  },
};

function formatStates(states: SourceState[], enabled: boolean): string {
  const width = Math.max(...states.map(({ stream }) => stream.length), 6);
  const head = `${"stream".padEnd(width)}  state    last success      next due          why`;
  const rows = states.map(
    ({ stream, state, succeededAt, nextAt, why }) =>
      `${stream.padEnd(width)}  ${state.padEnd(7)}  ${minute(succeededAt)}  ${minute(nextAt)}  ${why}`,
  );
  const note = enabled
    ? "serve harvests by itself."
    : "serve does not harvest (BROADSHEET_HARVEST=on, or the first page, starts it); the command harvest does.";
  return [head, ...rows, note].join("\n");
}

function minute(instant: string | null): string {
  return instant === null ? "-".padEnd(16) : instant.slice(0, 16).replace("T", " ");
}
