// The way to the daily letter: an address, an hour, a zone; the answer is the same whether the address is known or not.
import { Hono } from "hono";
import { createRequestLimit } from "../digest/request-limit.ts";
import { confirmationDays, type RequestProblems, requestSubscription } from "../digest/subscribe.ts";
import { findHarvestChoice } from "../harvest/harvest-choice-store.ts";
import { mayAs, networkOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import { explainAddress } from "../mail/address.ts";
import { confirmRoutes } from "./confirm.tsx";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { letterLinkRoutes } from "./letter-links.tsx";
import { letterSettingsRoutes } from "./letter-settings.tsx";
import { MailboxPage } from "./mailbox-page.tsx";
import { unsubscribeRoutes } from "./unsubscribe.tsx";
import { zoneOptions } from "./zone-options.ts";

/** Letters to strangers that one network may cause: enough for an office, too few for mischief. */
const requestsPerNetwork = { most: 20, windowMs: 3_600_000 };

/** The subscription from request to end. */
export function subscribeRoutes(deps: PageDeps): Hono {
  const limit = createRequestLimit(requestsPerNetwork);
  const routes = new Hono();
  routes.get(links.subscribe(), async (c) => {
    // The owner has told their clock on the first page.
    const zone = mayAs(c, "owner") ? (await findHarvestChoice(deps.db)).zone : null;
    const values = zone === null ? defaults : { ...defaults, zone };
    return answerPage(c, <FormPage deps={deps} values={values} problems={{}} />);
  });
  routes.post(links.subscribe(), guardForm(deps), async (c) => {
    const now = deps.clock();
    if (!limit.take(networkOf(c), now.getTime())) return answerProblem(c, deps.site, tooMany, 429);
    const form = await readForm(c);
    const values = {
      address: form?.get("address") ?? "",
      zone: form?.get("zone") ?? "",
      sendAt: form?.get("time") ?? "",
    };
    const { mailFrom } = deps.config;
    const request = { ...values, network: networkOf(c) };
    const problems = await requestSubscription(deps.db, request, { now: now.toISOString(), mailFrom });
    return problems
      ? answerPage(c, <FormPage deps={deps} values={values} problems={problems} />, 400)
      : answerPage(c, <AskedPage deps={deps} owner={mayAs(c, "owner")} />);
  });
  routes.route("/", confirmRoutes(deps));
  routes.route("/", unsubscribeRoutes(deps));
  routes.route("/", letterSettingsRoutes(deps));
  routes.route("/", letterLinkRoutes(deps));
  return routes;
}

const tooMany = {
  title: "Too many requests from your network.",
  remedy: "Try again in an hour. Letters that were asked for are on their way.",
};

interface FormValues {
  address: string;
  zone: string;
  sendAt: string;
}

const defaults: FormValues = { address: "", zone: "UTC", sendAt: "09:00" };

interface FormPageProps {
  deps: PageDeps;
  values: FormValues;
  problems: RequestProblems;
}

function FormPage({ deps, values, problems }: FormPageProps) {
  return (
    <Page
      site={deps.site}
      title="The daily letter"
      path={links.subscribe()}
      current="letter"
      description="The day’s best papers by mail, once a day, at your hour."
    >
      <PageHeading title="The daily letter" note="the day’s best papers by mail, once a day, at your hour" />
      <div class="prose">
        <p>
          Twelve papers with two lines each, why each is there, and the way to the whole edition. On days
          without an edition nothing comes. No paper comes twice. Nothing is loaded from elsewhere, nobody
          counts what you open. Days, a pause, how many papers and how many of your own field: each letter has
          a link to change them.
        </p>
      </div>
      <PostForm action={links.subscribe()}>
        <Field
          name="address"
          label="Address"
          type="email"
          value={values.address}
          required
          autocomplete="email"
          maxlength={254}
          hint="A letter goes there first that asks you to confirm."
          {...(problems.address ? { error: explainAddress(problems.address) } : {})}
        />
        <Field
          name="time"
          label="Time of day"
          type="time"
          value={values.sendAt}
          required
          {...(problems.sendAt ? { error: "Write hours and minutes, such as 09:00." } : {})}
        />
        <SelectField
          name="zone"
          label="Your clock"
          value={values.zone}
          options={zoneOptions(values.zone)}
          hint="The letter keeps to this clock in summer and winter."
          {...(problems.zone ? { error: "Choose a zone from the list." } : {})}
        />
        <SubmitButton>Ask for the letter</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          Address, hour and zone are kept, with the time and the network address of this request as proof that
          you asked, until you stop the letter and have them erased. Unconfirmed addresses are forgotten after
          30 days.
        </p>
      </div>
    </Page>
  );
}

/** Says nothing about the address: known, new or waiting, the page is the same. */
function AskedPage({ deps, owner }: { deps: PageDeps; owner: boolean }) {
  return (
    <MailboxPage deps={deps} current="letter" owner={owner}>
      A letter is on its way to the address you gave. Open its link and press the button within{" "}
      {confirmationDays} days; then the daily letter begins. If nothing comes within some minutes, look among
      the spam.
    </MailboxPage>
  );
}
