// What a reader wishes of the letter, behind the private link of each letter: the token is the authority, GET shows, POST changes.
import { type Context, Hono } from "hono";
import { changeWishes, todayOf, wishesOf } from "../digest/change-wishes.ts";
import type { Subscriber } from "../digest/subscribers-store.ts";
import { askForTestLetter } from "../digest/test-letter.ts";
import { findUnsubscription } from "../digest/unsubscribe.ts";
import {
  fewestPapers,
  formatPause,
  formatWhen,
  type GivenWishes,
  mostPapers,
  type WishProblems,
  weekdayNames,
} from "../digest/wishes.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm, readTicks } from "./form-body.ts";
import { Checkbox, Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { zoneOptions } from "./zone-options.ts";

export function letterSettingsRoutes(deps: PageDeps): Hono {
  const { db, site, clock } = deps;
  const routes = new Hono();
  const path = links.letterSettings(":token");
  routes.get(path, async (c) => {
    keepPrivate(c);
    const reader = await findReader(c);
    if (!reader) return answerNoSettings(c);
    const kept = c.req.query("kept") !== undefined;
    const test = c.req.query("test");
    return answerPage(
      c,
      <SettingsPage {...{ deps, reader, kept, test }} values={wishesOf(reader)} problems={{}} />,
    );
  });
  routes.post(path, guardForm(deps), async (c) => {
    keepPrivate(c);
    const reader = await findReader(c);
    if (!reader) return answerProblem(c, site, nothingHere);
    const values = await readWishes(c);
    const problems = await changeWishes(db, reader, values, clock().toISOString());
    if (problems) return answerPage(c, <SettingsPage {...{ deps, reader, values, problems }} />, 400);
    return c.redirect(`${links.letterSettings(reader.token)}?kept`, 303);
  });
  routes.post(links.testLetter(":token"), guardForm(deps), async (c) => {
    keepPrivate(c);
    const reader = await findReader(c);
    if (!reader) return answerProblem(c, site, nothingHere);
    const asked = await askForTestLetter(
      { db, mailFrom: deps.config.mailFrom },
      reader,
      clock().toISOString(),
    );
    return c.redirect(`${links.letterSettings(reader.token)}?test=${asked}`, 303);
  });
  return routes;

  /** The link of an old letter goes on saying that the letter has stopped, and how to have it again. */
  async function answerNoSettings(c: Context) {
    const token = c.req.param("token") ?? "";
    const left = (await findUnsubscription(db, token))?.state === "unsubscribed";
    return left ? c.redirect(links.unsubscribe(token), 303) : answerProblem(c, site, nothingHere);
  }

  /** Who has left or never confirmed has no letter to change. */
  async function findReader(c: Context): Promise<Subscriber | null> {
    const reader = await findUnsubscription(db, c.req.param("token") ?? "");
    return reader?.state === "confirmed" ? reader : null;
  }
}

async function readWishes(c: Context): Promise<GivenWishes> {
  const form = await readForm(c);
  const text = (name: string) => (form?.get(name) ?? "").trim();
  return {
    zone: text("zone"),
    sendAt: text("time"),
    weekdays: (await readTicks(c, "weekday")).join(""),
    rhythm: text("rhythm"),
    pausedUntil: text("pause"),
    papers: text("papers"),
    ownShare: text("own"),
  };
}

interface SettingsPageProps {
  deps: PageDeps;
  reader: Subscriber;
  values: GivenWishes;
  problems: WishProblems;
  kept?: boolean;
  /** What became of a wish for a test letter. */
  test?: string | undefined;
}

function SettingsPage({ deps, reader, values, problems, kept, test }: SettingsPageProps) {
  const now = deps.clock().toISOString();
  return (
    <Page site={deps.site} title="Your letter" current="letter" unlisted>
      <PageHeading title="Your letter" note={formatWhen(reader)} />
      <div class="prose">
        {kept ? (
          <p role="status">
            <strong>Kept.</strong> It counts from your next letter on.
          </p>
        ) : null}
        <p>
          {formatPause(reader.paused_until, todayOf(reader, now))} On days without an edition nothing comes.
          No paper comes twice; a new version of one you had comes as “updated”, with what changed.
        </p>
      </div>
      <PostForm action={links.letterSettings(reader.token)}>
        <ClockFields values={values} problems={problems} />
        <ChoiceFields values={values} problems={problems} />
        <SubmitButton>Keep it so</SubmitButton>
      </PostForm>
      <PostForm action={links.testLetter(reader.token)}>
        <p>
          A letter as it would come now, marked as a test. It counts for nothing: its papers come again.
          {test === "asked" ? <strong role="status"> It is on its way.</strong> : null}
          {test === "again" ? <strong role="status"> One an hour; ask again later.</strong> : null}
          {test === "paused" ? (
            <strong role="status"> Nothing leaves while you pause: end the pause first.</strong>
          ) : null}
        </p>
        <SubmitButton>Send me a test letter</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          Whoever has this address can change your letter, so share it with nobody.{" "}
          <a href={links.unsubscribe(reader.token)}>Stop the letter</a>.
        </p>
      </div>
    </Page>
  );
}

type FieldsProps = Pick<SettingsPageProps, "values" | "problems">;

function errorOf(problem: string | undefined) {
  return problem === undefined ? {} : { error: problem };
}

function ClockFields({ values, problems }: FieldsProps) {
  return (
    <>
      <SelectField
        name="rhythm"
        label="How often"
        value={values.rhythm}
        options={[
          { value: "daily", label: "on each of your days" },
          { value: "weekly", label: "once a week, on the first of your days" },
        ]}
        hint="A letter holds the best of all editions since the one before."
        {...errorOf(problems.rhythm)}
      />
      <Weekdays {...{ values, problems }} />
      <Field
        name="time"
        label="Time of day"
        type="time"
        value={values.sendAt}
        required
        {...errorOf(problems.sendAt)}
      />
      <SelectField
        name="zone"
        label="Your clock"
        value={values.zone}
        options={zoneOptions(values.zone)}
        hint="The letter keeps to this clock in summer and winter."
        {...errorOf(problems.zone)}
      />
      <Field
        name="pause"
        label="Pause until"
        type="date"
        value={values.pausedUntil}
        hint="The first day on which a letter may come again. Empty: no pause."
        {...errorOf(problems.pausedUntil)}
      />
    </>
  );
}

function Weekdays({ values, problems }: FieldsProps) {
  return (
    <fieldset class="choices" aria-describedby={problems.weekdays ? "weekday-error" : undefined}>
      <legend>Your days</legend>
      {weekdayNames.map((label, i) => {
        const value = String(i + 1);
        return (
          <Checkbox name="weekday" value={value} label={label} checked={values.weekdays.includes(value)} />
        );
      })}
      {problems.weekdays ? (
        <p class="error" id="weekday-error">
          <strong>Not taken:</strong> {problems.weekdays}
        </p>
      ) : null}
    </fieldset>
  );
}

function ChoiceFields({ values, problems }: FieldsProps) {
  return (
    <>
      <Field
        name="papers"
        label="Papers in a letter, at most"
        type="number"
        min={fewestPapers}
        max={mostPapers}
        value={values.papers}
        required
        {...errorOf(problems.papers)}
      />
      <Field
        name="own"
        label="Of these your own picks, per cent"
        type="number"
        min={0}
        max={100}
        value={values.ownShare}
        required
        hint="What is near to what you saved, follow or asked more of. The others are the edition’s best; they also fill in where there are too few picks."
        {...errorOf(problems.ownShare)}
      />
    </>
  );
}
