// broadsheet mcp: the collection for agents that start this program themselves.
import { recogniseToken } from "../accounts/access-tokens-store.ts";
import { type App, openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import { keeperAtMachine } from "../library/keeper.ts";
import type { Command } from "./command.ts";

export const mcpCommand: Command = {
  name: "mcp",
  summary: "Answer agents over standard input and output (MCP)",
  usage: "mcp [--token TOKEN]",
  help: `
Speaks the Model Context Protocol, one JSON message a line; nothing else is written to standard output. Works
beside a running server on the same data folder. docs/mcp.md has the tools and what to paste into a client.

  --token TOKEN   whose library the tools work with, by a token made on /me (or
                  BROADSHEET_TOKEN); default: the owner's at this machine

Example:
  broadsheet mcp --data ~/papers`,
  options: { token: { type: "string" } },
  async run(input) {
    await using app = await openApp(input.config, { beside: true });
    const token = input.values.token ?? process.env.BROADSHEET_TOKEN;
    const caller =
      typeof token === "string" && token !== ""
        ? await callerOfToken(app, token)
        : { keeper: await keeperAtMachine(app.db, app.clock().toISOString()), scopes: null };
    // Read by this command alone, as in serve.ts.
    const { serveOverStdio } = await import("../stdio.ts");
    await serveOverStdio(app, caller, input.signal);
    return null;
  },
};

async function callerOfToken({ db, clock }: App, token: string) {
  const known = await recogniseToken(db, token, clock().toISOString());
  if (known) return { keeper: known.account.id, scopes: known.scopes };
  throw new AppError("bad-input", "This token is not known here.", { remedy: "Make another on /me." });
}
