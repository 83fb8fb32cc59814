// Pages for what went wrong: what it is, and what the reader can do about it.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { links } from "../links.ts";
import { answerPage, Page } from "./layout.tsx";
import type { Site } from "./site.ts";

export interface Problem {
  /** A sentence: what is wrong. */
  title: string;
  /** What the reader can do; a sentence or links. */
  remedy: Child;
}

/** Answers with a problem in the look of the site. */
export function answerProblem(c: Context, site: Site, problem: Problem, status: ContentfulStatusCode = 404) {
  return answerPage(c, <ProblemPage site={site} problem={problem} status={status} />, status);
}

function ProblemPage({ site, problem, status }: { site: Site; problem: Problem; status: number }) {
  return (
    <Page site={site} title={problem.title} unlisted>
      <div class="prose">
        <p class="overline">{status}</p>
        <h1 class="statement">{problem.title}</h1>
        <p>{problem.remedy}</p>
      </div>
    </Page>
  );
}

/** For addresses that lead nowhere. */
export const nothingHere: Problem = {
  title: "There is no page at this address.",
  remedy: (
    <>
      Go to <a href={links.front()}>the latest edition</a>, or <a href={links.search()}>search the papers</a>.
    </>
  ),
};
