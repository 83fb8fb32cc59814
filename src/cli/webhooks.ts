// broadsheet webhooks: addresses that get each edition, or a reader's picks; made, listed, tested, removed.
import { findAccountByKey } from "../accounts/accounts-store.ts";
import { type App, openApp } from "../app.ts";
import { AppError } from "../lib/errors.ts";
import { machineKeeper } from "../library/keeper.ts";
import { formatWebhookUrl } from "../webhooks/address.ts";
import { sendToWebhooks } from "../webhooks/send.ts";
import { addWebhook, testWebhook } from "../webhooks/webhook.ts";
import { deleteWebhook, findWebhook, listWebhooks, type Webhook } from "../webhooks/webhooks-store.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const webhooksCommand: Command = {
  name: "webhooks",
  summary: "Send each edition, or your picks, to addresses of programs and chat rooms",
  usage:
    "webhooks [list] | add URL [--slack] [--picks] [--at HH:MM] [--zone ZONE] [--for ADDRESS] | test ID | remove ID",
  help: `
  list        every webhook, and how it went the last time (the default)
  add URL     from the next edition on; prints the secret it is signed with, this once (messages are not signed)
  test ID     send a test now
  remove ID   send nothing there any more

  --slack         messages as Slack and others read them, instead of signed JSON
  --picks         what is chosen of each edition for whose it is (broadsheet today), with reasons, instead of all of it
  --at HH:MM      time of day (default 09:00)
  --zone ZONE     of that time (default UTC)
  --for ADDRESS   the account whose it is; it gets the letter when the webhook is switched off

URL is an https address of the public Internet, or below one of BROADSHEET_WEBHOOK_ADDRESSES. A running server sends;
docs/webhooks.md says what. Example:
  broadsheet webhooks add https://hooks.slack.com/services/T/B/x --slack --at 08:30 --zone Europe/Berlin`,
  options: {
    slack: { type: "boolean" },
    picks: { type: "boolean" },
    at: { type: "string" },
    zone: { type: "string" },
    for: { type: "string" },
  },
  async run(input) {
    const [action = "list", ...rest] = input.positionals;
    const run = actions[action];
    if (!run || rest.length !== (action === "list" ? 0 : 1))
      throw new AppError("bad-usage", `webhooks cannot "${input.positionals.join(" ")}".`);
    await using app = await openApp(input.config, { clock: input.clock, beside: true });
    return await run(app, rest[0] ?? "", input);
  },
};

type Action = (app: App, given: string, input: CommandInput) => Promise<CommandOutcome>;

const actions: Record<string, Action | undefined> = Object.assign(Object.create(null), {
  list: listAll,
  add,
  test,
  remove,
});

async function listAll({ db }: App): Promise<CommandOutcome> {
  const webhooks = (await listWebhooks(db, null)).map(describe);
  const lines = webhooks.map(
    ({ id, address, shape, what, sendAt, zone, state, lastError, lastOkAt }) =>
      `${id}  ${address}, ${what}, ${shape}, ${sendAt} ${zone}, ${state}${lastError ? `: ${lastError}` : lastOkAt ? `, last taken ${lastOkAt}` : ""}`,
  );
  return { document: { webhooks }, text: lines.length === 0 ? "No webhooks yet." : lines.join("\n") };
}

function describe({ id, url, shape, what, send_at, zone, state, last_error, last_ok_at }: Webhook) {
  const address = formatWebhookUrl(url);
  return {
    id,
    host: new URL(url).host,
    address,
    shape,
    what,
    sendAt: send_at,
    zone,
    state,
    lastError: last_error,
    lastOkAt: last_ok_at,
  };
}

async function add(
  { db, config, clock }: App,
  url: string,
  { values }: CommandInput,
): Promise<CommandOutcome> {
  const text = (name: string, usual: string) =>
    typeof values[name] === "string" ? String(values[name]) : usual;
  const address = text("for", "").trim().toLowerCase();
  const account = address === "" ? null : await findAccountByKey(db, address);
  if (address !== "" && !account)
    throw new AppError("not-found", `There is no account ${address.slice(0, 100)}.`);
  const webhook = await addWebhook(
    db,
    {
      keeper: account?.id ?? machineKeeper,
      url,
      shape: values.slack === true ? "slack" : "json",
      what: values.picks === true ? "picks" : "edition",
      zone: text("zone", "UTC"),
      sendAt: text("at", "09:00"),
    },
    { ownAddresses: config.webhookAddresses, now: clock().toISOString() },
  );
  const { id, shape, secret } = webhook;
  // Who reads messages checks no signature: there the address itself is the secret.
  if (shape === "slack") return { document: describe(webhook), text: id };
  return { document: { ...describe(webhook), secret }, text: `${id}\nSecret, shown this once: ${secret}` };
}

async function test(app: App, id: string): Promise<CommandOutcome> {
  const { db, clock, log, mailer, baseUrl, config, preparePicks, webhookSender: sender } = app;
  await testWebhook(db, { id, keepers: null, baseUrl: baseUrl() }, clock().toISOString());
  const { mailFrom, categories } = config;
  const context = { db, clock, log, mailer, baseUrl, sender, mailFrom, categories, preparePicks };
  const taken = (await sendToWebhooks(context, { webhookId: id })) > 0;
  const reason = taken ? null : ((await findWebhook(db, id))?.last_error ?? null);
  const text = taken ? "It was taken." : `It was not taken. ${reason ?? "A running server is sending it."}`;
  return { document: { id, taken, reason }, text, failed: !taken };
}

async function remove({ db }: App, id: string): Promise<CommandOutcome> {
  if (!(await deleteWebhook(db, id, null))) throw new AppError("not-found", "There is no such webhook.");
  return { document: { id, removed: true }, text: "Removed." };
}
