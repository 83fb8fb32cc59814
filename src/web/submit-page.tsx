// The pages of putting a paper forward: the one question, papers of a like title, the record typed in, and how it went.
import type { ProposalOutcome } from "../community/proposals.ts";
import { type TypedPaper, type TypedProblems, typedLimits } from "../community/typed-paper.ts";
import { dayOf } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Field, PostForm, SubmitButton, TextField } from "./forms.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { count } from "./words.ts";

export interface SubmitPageProps {
  deps: PageDeps;
  what?: string;
  problem?: "empty";
  /** Papers of a like title; empty: there is none. */
  offered?: readonly Paper[];
}

export function SubmitPage({ deps, what = "", problem, offered }: SubmitPageProps) {
  return (
    <Page site={deps.site} title="Put a paper forward" current="account" unlisted>
      <PageHeading title="Put a paper forward" note="for today’s edition; a paper once a day" />
      <PostForm action={links.submit()}>
        <Field
          name="what"
          label="Which paper"
          value={what}
          required
          maxlength={500}
          hint="An identifier (2605.04101, 10.1101/…), the address of its page, or its title."
          {...(problem ? { error: "Write one of the three, in at most 500 characters." } : {})}
        />
        <SubmitButton>Find it</SubmitButton>
      </PostForm>
      {offered ? <Offered papers={offered} title={what} /> : null}
    </Page>
  );
}

function Offered({ papers, title }: { papers: readonly Paper[]; title: string }) {
  return (
    <section>
      <SectionHeading
        title={papers.length === 0 ? "Nothing here has words like these" : "Is it one of these?"}
        note={papers.length === 0 ? undefined : count(papers.length, "paper")}
      />
      {papers.length > 0 ? (
        <table class="own">
          <tbody>
            {papers.map((paper) => (
              <tr>
                <th scope="row">
                  <a href={links.paper(paper.id)} dir="auto">
                    {paper.titleText.slice(0, 300)}
                  </a>
                </th>
                <td>{paper.authors[0]?.name ?? ""}</td>
                <td>
                  <ButtonForm action="/submit/paper" fields={{ paper: paper.id }}>
                    Put it forward
                  </ButtonForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div class="form">
        <ButtonForm action="/submit/typed" fields={{ begin: "yes", title }}>
          {papers.length === 0 ? "Type it in" : "None of these: type it in"}
        </ButtonForm>
      </div>
    </section>
  );
}

export interface TypePageProps {
  deps: PageDeps;
  typed: TypedPaper;
  problems: TypedProblems;
  /** Why nobody could be asked. */
  message?: string;
}

export function TypePage({ deps, typed, problems, message }: TypePageProps) {
  const error = (field: keyof TypedPaper) => (problems[field] ? { error: problems[field] } : {});
  return (
    <Page site={deps.site} title="Type a paper in" current="account" unlisted>
      <PageHeading title="Type a paper in" note={message ?? "its record, as it stands on its first page"} />
      <PostForm action="/submit/typed">
        <Field
          name="title"
          label="Title"
          value={typed.title}
          required
          maxlength={typedLimits.title}
          {...error("title")}
        />
        <Field
          name="authors"
          label="Authors"
          value={typed.authors}
          required
          maxlength={typedLimits.authors}
          hint="Separated by commas."
          {...error("authors")}
        />
        <TextField
          name="abstract"
          label="Abstract"
          value={typed.abstract}
          maxlength={typedLimits.abstract}
          hint="As the authors wrote it, or nothing."
          {...error("abstract")}
        />
        <Field
          name="where"
          label="Where it is"
          value={typed.where}
          maxlength={typedLimits.where}
          hint="An identifier or a web address, if there is one."
          {...error("where")}
        />
        <SubmitButton>Put it forward</SubmitButton>
      </PostForm>
    </Page>
  );
}

interface ProposedPageProps {
  deps: PageDeps;
  paper: Paper;
  outcome: Exclude<ProposalOutcome, "not-allowed">;
}

const titles: Record<ProposedPageProps["outcome"], string> = {
  shown: "It is in today’s edition",
  there: "It is in today’s edition already",
  removed: "An editor took it off today’s page",
  "too-many": "That is enough for today",
};

export function ProposedPage({ deps, paper, outcome }: ProposedPageProps) {
  const today = dayOf(deps.clock());
  return (
    <Page site={deps.site} title={titles[outcome]} current="account" unlisted>
      <div class="prose">
        <h1 class="statement">{titles[outcome]}</h1>
        <p>
          <a href={links.paper(paper.id)} dir="auto">
            {paper.titleText.slice(0, 300)}
          </a>
        </p>
        <p>
          {outcome === "too-many" ? "More can be put forward tomorrow. " : ""}
          <a href={links.day(today)}>Today’s edition</a>, <a href={links.submit()}>put another forward</a>.
        </p>
      </div>
      {outcome === "shown" ? (
        <div class="form">
          <ButtonForm action="/submit/undo" fields={{ paper: paper.id }}>
            Take it back
          </ButtonForm>
        </div>
      ) : null}
    </Page>
  );
}
