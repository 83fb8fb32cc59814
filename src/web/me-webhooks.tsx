// The webhooks of whoever signed in: where editions are sent, how it went, the secret of a new one shown once.
import { type Context, Hono } from "hono";
import type { Account } from "../accounts/account.ts";
import { visitorOf } from "../http/visitor.ts";
import { AppError, formatError } from "../lib/errors.ts";
import { machineKeeper } from "../library/keeper.ts";
import { links } from "../links.ts";
import { formatWebhookUrl } from "../webhooks/address.ts";
import { addWebhook, mostWebhooks, testWebhook, webhookKinds, webhookShapes } from "../webhooks/webhook.ts";
import { deleteWebhook, listWebhooks, switchOn, type Webhook } from "../webhooks/webhooks-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { ButtonForm, Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { formatMoment } from "./me-ways.tsx";
import { keepPrivate } from "./private-page.ts";
import { zoneOptions } from "./zone-options.ts";

export function webhookRoutes(deps: PageDeps): Hono {
  const { db, baseUrl, clock } = deps;
  const routes = new Hono();
  routes.get(links.webhooks(), (c) => answerWebhooks(c, deps));
  routes.post(links.webhooks(), guardForm(deps), (c) => makeWebhook(c, deps));
  const act = (path: string, run: (id: string, keepers: string[]) => Promise<boolean>) =>
    routes.post(path, guardForm(deps), async (c) => {
      keepPrivate(c);
      const done = await run((await readForm(c))?.get("webhook") ?? "", keepersOf(c));
      return done ? c.redirect(links.webhooks(), 303) : answerProblem(c, deps.site, nothingHere);
    });
  act("/me/webhooks/test", async (id, keepers) => {
    await testWebhook(db, { id, keepers, baseUrl: baseUrl() }, clock().toISOString());
    return true;
  });
  act("/me/webhooks/on", (id, keepers) => switchOn(db, id, keepers, clock().toISOString()));
  act("/me/webhooks/remove", (id, keepers) => deleteWebhook(db, id, keepers));
  return routes;
}

/** Owners see those made at the machine too. */
function keepersOf(c: Context): string[] {
  const { account, role } = visitorOf(c);
  return [...(account ? [account.id] : []), ...(role === "owner" ? [machineKeeper] : [])];
}

async function makeWebhook(c: Context, deps: PageDeps) {
  keepPrivate(c);
  const form = await readForm(c);
  const given = {
    keeper: keepersOf(c)[0]!,
    url: (form?.get("url") ?? "").trim(),
    what: webhookKinds.find((what) => what === form?.get("what")) ?? "edition",
    shape: webhookShapes.find((shape) => shape === form?.get("shape")) ?? "json",
    zone: form?.get("zone") ?? "",
    sendAt: form?.get("time") ?? "",
  };
  const settings = { ownAddresses: deps.config.webhookAddresses, now: deps.clock().toISOString() };
  try {
    const webhook = await addWebhook(deps.db, given, settings);
    // Who reads messages checks no signature.
    if (webhook.shape === "slack") return c.redirect(links.webhooks(), 303);
    return answerPage(c, <SecretPage deps={deps} webhook={webhook} />);
  } catch (error) {
    if (error instanceof AppError) return await answerWebhooks(c, deps, formatError(error));
    throw error;
  }
}

async function answerWebhooks(c: Context, deps: PageDeps, problem?: string) {
  keepPrivate(c);
  const webhooks = await listWebhooks(deps.db, keepersOf(c));
  const { account } = visitorOf(c);
  const page = <WebhooksPage {...{ deps, account, webhooks, ...(problem ? { problem } : {}) }} />;
  return answerPage(c, page, problem ? 400 : 200);
}

interface WebhooksPageProps {
  deps: PageDeps;
  account: Account | null;
  webhooks: readonly Webhook[];
  problem?: string;
}

function WebhooksPage({ deps, webhooks, problem }: WebhooksPageProps) {
  return (
    <Page site={deps.site} title="Webhooks" current="account" unlisted>
      <PageHeading
        title="Webhooks"
        note="each edition, or your picks of it, to an address of yours, for programs and chat rooms"
      />
      {webhooks.length > 0 ? (
        <table class="own">
          <tbody>
            {webhooks.map((webhook) => (
              <WebhookRow webhook={webhook} />
            ))}
          </tbody>
        </table>
      ) : null}
      {webhooks.length < mostWebhooks ? <NewWebhookForm {...(problem ? { problem } : {})} /> : null}
      <div class="prose">
        <p>
          What is sent is signed; what is not taken is sent again for 18 hours. After three editions in a row
          that nobody took, a webhook is switched off and you get a letter.{" "}
          <a href={links.me()}>Back to yours</a>.
        </p>
      </div>
    </Page>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { id, url, shape, what, zone, send_at, state, last_ok_at, last_error } = webhook;
  const fields = { webhook: id };
  return (
    <tr>
      <th scope="row">
        <bdi>{formatWebhookUrl(url)}</bdi>
      </th>
      <td>
        {what === "picks" ? "your picks" : "each edition"}, {shape === "slack" ? "for Slack" : "signed JSON"},
        at {send_at} ({zone.replaceAll("_", " ")})
      </td>
      <td>
        {state === "on" ? "" : "Switched off. "}
        {last_error ?? (last_ok_at ? `Last taken ${formatMoment(last_ok_at)}.` : "Nothing was sent yet.")}
      </td>
      <td>
        {state === "on" ? (
          <ButtonForm action="/me/webhooks/test" fields={fields}>
            Send a test
          </ButtonForm>
        ) : (
          <ButtonForm action="/me/webhooks/on" fields={fields}>
            Switch on
          </ButtonForm>
        )}{" "}
        <ButtonForm action="/me/webhooks/remove" fields={fields}>
          Remove
        </ButtonForm>
      </td>
    </tr>
  );
}

function NewWebhookForm({ problem }: { problem?: string }) {
  return (
    <section>
      <SectionHeading title="A new one" />
      <PostForm action={links.webhooks()}>
        <Field
          name="url"
          label="Address"
          hint="https, on the public Internet"
          required
          maxlength={1_000}
          autocomplete="off"
          {...(problem ? { error: problem } : {})}
        />
        <SelectField
          name="what"
          label="What it gets"
          options={[
            { value: "edition", label: "Each edition" },
            { value: "picks", label: "Your picks of it, with reasons" },
          ]}
        />
        <SelectField
          name="shape"
          label="What it reads"
          options={[
            { value: "json", label: "JSON, signed" },
            { value: "slack", label: "Messages as Slack has them" },
          ]}
        />
        <Field name="time" label="Time of day" type="time" value="09:00" required />
        <SelectField name="zone" label="Time zone" value="UTC" options={zoneOptions("UTC")} />
        <SubmitButton>Make a webhook</SubmitButton>
      </PostForm>
    </section>
  );
}

function SecretPage({ deps, webhook }: { deps: PageDeps; webhook: Webhook }) {
  return (
    <Page site={deps.site} title="A new webhook" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">The secret of the new webhook</h1>
        <p>Copy it now: it is shown this once. The receiver checks signatures with it.</p>
        <p>
          <code class="secret">{webhook.secret}</code>
        </p>
        <p>
          The first edition comes at {webhook.send_at} ({webhook.zone.replaceAll("_", " ")}).{" "}
          <a href={links.webhooks()}>Back to the webhooks</a>.
        </p>
      </div>
    </Page>
  );
}
