// The first owner: whoever has the code of the console; at this machine, whoever is its owner anyway.
import { type Context, Hono } from "hono";
import { explainPassword, shortestPassword } from "../accounts/password-rules.ts";
import { createOwnerCode, type OwnerProblems, setUpOwner } from "../accounts/set-up.ts";
import { mayAs, visitOf, visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import { explainAddress } from "../mail/address.ts";
import type { PageDeps } from "./deps.ts";
import { guardForm, readForm } from "./form-body.ts";
import { Field, PostForm, SubmitButton } from "./forms.tsx";
import { goOn } from "./go-on.ts";
import { joinLibraries } from "./join-libraries.ts";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";

export function setUpRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.setUp(), (c) => {
    keepPrivate(c);
    const values = { code: c.req.query("code") ?? "", address: "" };
    return answerPage(c, <SetUpPage deps={deps} values={values} problems={{}} needsCode={needsCode(c)} />);
  });
  routes.post(links.setUp(), guardForm(deps), async (c) => {
    keepPrivate(c);
    const form = await readForm(c);
    const given = (name: string) => form?.get(name) ?? "";
    const code = needsCode(c) ? given("code") : await createOwnerCode(deps.accounts);
    const request = { code, address: given("address"), password: given("password") };
    const answer = await setUpOwner(deps.accounts, request, visitOf(c));
    if ("cookies" in answer) {
      await joinLibraries(deps, answer.accountId);
      return goOn(c, answer.cookies, links.me());
    }
    const page = <SetUpPage deps={deps} values={request} problems={answer} needsCode={needsCode(c)} />;
    return answerPage(c, page, answer.code === "too-many" ? 429 : 400);
  });
  return routes;
}

/** The owner at this machine, while there is no other, has nothing to prove. */
function needsCode(c: Context): boolean {
  return !(mayAs(c, "owner") && visitorOf(c).account === null);
}

interface SetUpPageProps {
  deps: PageDeps;
  values: { code: string; address: string };
  problems: OwnerProblems;
  needsCode: boolean;
}

const codeProblems = {
  code: "This code is not known, or has been used. “broadsheet accounts owner-code” prints a new one.",
  "too-many": "Too many tries from your network; wait a quarter of an hour.",
};

function SetUpPage({ deps, values, problems, needsCode }: SetUpPageProps) {
  return (
    <Page site={deps.site} title="The owner" current="account" unlisted>
      <PageHeading
        title="The owner"
        note="who keeps this Broadsheet: everything that is not for everybody asks for this account"
      />
      <PostForm action={links.setUp()}>
        {needsCode ? (
          <Field
            name="code"
            label="Code"
            value={values.code}
            required
            autocomplete="one-time-code"
            maxlength={40}
            hint="The program prints it where it was started. It works once."
            {...(problems.code ? { error: codeProblems[problems.code] } : {})}
          />
        ) : null}
        <Field
          name="address"
          label="Your address"
          type="email"
          value={values.address}
          required
          autocomplete="username"
          maxlength={254}
          {...(problems.address ? { error: explainAddress(problems.address) } : {})}
        />
        <Field
          name="password"
          label="A password"
          type="password"
          required
          autocomplete="new-password"
          maxlength={200}
          hint={`At least ${shortestPassword} characters. A link by mail or a passkey can replace it later.`}
          {...(problems.password ? { error: explainPassword(problems.password) } : {})}
        />
        <SubmitButton>Become the owner</SubmitButton>
      </PostForm>
    </Page>
  );
}
