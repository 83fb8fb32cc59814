// For the owner: a test copy of the latest letter to any address, and what became of it.
import { links } from "../links.ts";
import { keptLettersFolder } from "../mail/letter-folder.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { PageDeps } from "./deps.ts";
import { Field, PostForm, SubmitButton } from "./forms.tsx";

/** What the form shows. */
export interface TestLetter {
  address: string;
  /** Where the last one went. */
  outcome?: Mailer["kind"] | undefined;
  /** Why none went. */
  problem?: string;
}

export function TestLetterForm({ deps, test }: { deps: PageDeps; test: TestLetter }) {
  const { address, outcome, problem } = test;
  return (
    <PostForm action={links.letters()}>
      <p>
        The letter of the latest edition as a stranger would get it. It counts for nothing.
        {outcome === undefined ? null : (
          <>
            {" "}
            <strong role="status">{describeOutcome(deps, outcome)}</strong>
          </>
        )}
      </p>
      <Field
        name="to"
        label="Address"
        type="email"
        value={address}
        required
        autocomplete="email"
        maxlength={254}
        {...(problem === undefined ? {} : { error: problem })}
      />
      <SubmitButton>Send me a test letter</SubmitButton>
    </PostForm>
  );
}

function describeOutcome({ config }: PageDeps, outcome: Mailer["kind"]): string {
  if (outcome === "smtp" && config.smtpUrl !== null)
    return `${mailServerOf(config.smtpUrl)} took it. If nothing comes within some minutes, look among the spam, and run broadsheet doctor --mail.`;
  return `It was not sent, because no mail server is set: it was kept in ${keptLettersFolder(config.dataFolder)}, the newest below.`;
}

/** The host and port of a mail server's address, never its password. */
export function mailServerOf(smtpUrl: string): string {
  return URL.parse(smtpUrl)?.host ?? "the mail server";
}
