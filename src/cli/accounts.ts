// broadsheet accounts: who signs in here; a code for the owner, also for one who lost every way in.
import { listAccounts } from "../accounts/accounts-store.ts";
import { createOwnerCode } from "../accounts/set-up.ts";
import { type App, openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import { links } from "../links.ts";
import type { Command, CommandOutcome } from "./command.ts";

export const accountsCommand: Command = {
  name: "accounts",
  summary: "List who signs in here; print a code that makes an owner",
  usage: "accounts [list | owner-code]",
  help: `
  list          every account with its role (the default)
  owner-code    print a code that works once, within a week: whoever enters it at /set-up becomes the
                owner, with a new password. Also for an owner who lost every way in.

Accounts are made by invitations, on the page of accounts.`,
  options: {},
  async run(input) {
    const [action = "list", ...rest] = input.positionals;
    const run = actions[action];
    if (!run || rest.length > 0)
      throw new AppError("bad-usage", `accounts cannot "${input.positionals.join(" ")}".`);
    await using app = await openApp(input.config, { clock: input.clock });
    return await run(app);
  },
};

const actions: Record<string, ((app: App) => Promise<CommandOutcome>) | undefined> = Object.assign(
  Object.create(null),
  { list: listAll, "owner-code": printCode },
);

async function listAll({ db }: App): Promise<CommandOutcome> {
  const accounts = (await listAccounts(db)).map(({ address, role, addressVerified, createdAt }) => ({
    address,
    role,
    addressVerified,
    createdAt,
  }));
  const lines = accounts.map(
    ({ address, role, createdAt }) => `${address}  ${role}, since ${createdAt.slice(0, 10)}`,
  );
  return { document: { accounts }, text: lines.length === 0 ? "No accounts yet." : lines.join("\n") };
}

async function printCode(app: App): Promise<CommandOutcome> {
  const code = await createOwnerCode(app.accounts);
  const url = app.baseUrl() + links.setUp();
  return { document: { code, url }, text: `Enter the code ${code} at ${url} to be the owner.` };
}
