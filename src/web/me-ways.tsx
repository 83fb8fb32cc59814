// How one signs in, on one's own page: sessions, password, passkeys.
import type { PasskeyRow, SessionRow } from "../accounts/accounts-store.ts";
import { explainPassword, shortestPassword } from "../accounts/password-rules.ts";
import type { SetPasswordProblem } from "../accounts/set-password.ts";
import { nameBrowser } from "./browser-name.ts";
import { ButtonForm, Field, PostForm, SubmitButton } from "./forms.tsx";
import { SectionHeading } from "./layout.tsx";

export interface WaysProps {
  /** The session of this browser. */
  sessionId: string | null;
  sessions: readonly SessionRow[];
  passkeys: readonly PasskeyRow[];
  hasPassword: boolean;
  passwordProblem?: SetPasswordProblem;
}

export function Sessions({ sessions, sessionId }: WaysProps) {
  return (
    <section>
      <SectionHeading
        title="Where you are signed in"
        note="a session ends after 30 days without use, 90 in all"
      />
      <table class="own">
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">Browser</th>
            <th scope="col">Network</th>
            <th scope="col">End it</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr>
              <th scope="row">{formatMoment(session.created_at)}</th>
              <td>
                {nameBrowser(session.user_agent) ?? "not told"}
                {session.id === sessionId ? " (this browser)" : ""}
              </td>
              <td>{session.network || "not known"}</td>
              <td>
                <ButtonForm action="/me/sessions/end" fields={{ session: session.id }}>
                  End
                </ButtonForm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <div class="form">
          <ButtonForm action="/me/sessions/end" fields={{ session: "others" }}>
            End all but this one
          </ButtonForm>
        </div>
      ) : null}
    </section>
  );
}

/** "2026-05-12 09:30 UTC" */
export function formatMoment(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

const passwordProblems: Partial<Record<SetPasswordProblem, string>> = {
  current: "This is not your present password.",
  "not-fresh": "You signed in more than an hour ago. Sign out and in again, then set it.",
  "too-many": "Too many changes; wait an hour.",
};

function explain(problem: SetPasswordProblem): string {
  return passwordProblems[problem] ?? explainPassword(problem as never);
}

export function Password({ hasPassword, passwordProblem }: WaysProps) {
  const ofCurrent = passwordProblem === "current";
  return (
    <section>
      <SectionHeading title="Password" note={hasPassword ? "you have one" : "you have none, and need none"} />
      <PostForm action="/me/password">
        {hasPassword ? (
          <Field
            name="current"
            label="Present password"
            type="password"
            required
            autocomplete="current-password"
            maxlength={200}
            {...(ofCurrent ? { error: explain("current") } : {})}
          />
        ) : null}
        <Field
          name="password"
          label={hasPassword ? "New password" : "A password"}
          type="password"
          required
          autocomplete="new-password"
          maxlength={200}
          hint={`At least ${shortestPassword} characters. All other sessions end.`}
          {...(passwordProblem && !ofCurrent ? { error: explain(passwordProblem) } : {})}
        />
        <SubmitButton>{hasPassword ? "Change it" : "Set it"}</SubmitButton>
      </PostForm>
    </section>
  );
}

export function Passkeys({ passkeys }: WaysProps) {
  return (
    <section>
      <SectionHeading title="Passkeys" note="sign in by this device or a security key; needs JavaScript" />
      {passkeys.length > 0 ? (
        <table class="own">
          <tbody>
            {passkeys.map(({ id, name, device_type, backed_up }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>
                  {device_type === "multiDevice" ? "on several devices" : "on one device"}
                  {backed_up === 1 ? ", backed up" : ""}
                </td>
                <td>
                  <ButtonForm action="/me/passkeys/remove" fields={{ passkey: id }}>
                    Remove
                  </ButtonForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div class="form">
        <ButtonForm action="/me/passkeys/challenge">Add a passkey</ButtonForm>
      </div>
    </section>
  );
}
