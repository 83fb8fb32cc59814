// broadsheet serve: opens the data folder, listens, runs the recurring work, ends cleanly on Ctrl-C.
import { hasOwner } from "../accounts/accounts-store.ts";
import { createOwnerCode } from "../accounts/set-up.ts";
import { type App, openApp } from "../app.ts";
import { isReachable } from "../config.ts";
import { isChoiceOpen } from "../harvest/harvest-choice-store.ts";
import { isSampleWanted, loadSample } from "../harvest/sample.ts";
import { links } from "../links.ts";
import type { Command, CommandInput } from "./command.ts";

export const serveCommand: Command = {
  name: "serve",
  summary: "Serve the pages and send the letters (what npm start does)",
  usage: "serve [--port N] [--host ADDRESS] [--data DIR]",
  help: `
Opens the data folder (making it when missing), loads the built-in sample when there are no papers yet,
and serves on http://127.0.0.1:8420 until Ctrl-C.

  --port N         port to listen on; 0 takes any free one (default 8420, or BROADSHEET_PORT)
  --host ADDRESS   address to listen on (default 127.0.0.1, or BROADSHEET_HOST)`,
  options: { port: { type: "string" }, host: { type: "string" } },
  async run(input) {
    await using app = await openApp(input.config);
    if (await isSampleWanted(app.db)) {
      input.note("No papers yet: loading the built-in sample …");
      await loadSample(app.db, app.clock);
    }
    // Pages and routes are half of the program; the other commands start without reading them.
    const { startServer } = await import("../server.ts");
    await using server = await startServer(app);
    await app.setServedAt(server.url);
    printWelcome(input, server.url, await isChoiceOpen(app.db, app.config.harvest.enabled));
    await askForOwner(app, input);
    await server.untilAborted(input.signal);
    return null;
  },
};

/** Reachable from elsewhere, somebody must be the owner: whoever reads this console. */
async function askForOwner(app: App, input: CommandInput): Promise<void> {
  if (!isReachable(app.config) || (await hasOwner(app.db))) return;
  const code = await createOwnerCode(app.accounts);
  input.note(
    `Nobody owns this Broadsheet yet. Open ${app.baseUrl()}${links.setUp()} and enter the code ${code} (good once, for a week).`,
  );
}

/** One line: where it is, what to do next, how it ends. */
function printWelcome(input: CommandInput, url: string, choiceOpen: boolean): void {
  const next = choiceOpen
    ? `choose what to follow at ${url}${links.start()}`
    : "add papers with ./broadsheet import FILE...";
  if (input.values.json === true)
    process.stdout.write(`${JSON.stringify({ url, data: input.config.dataFolder })}\n`);
  else process.stdout.write(`Broadsheet is at ${url} — open it in a browser, ${next} (Ctrl-C ends it)\n`);
}
