// Moderation, for editors: held votes, reports, what was put forward today, and the log of who did what, when and why.
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { type Action, actions, longestReason, moderate } from "../community/moderation.ts";
import { type LogEntry, listLog, listOpenReports, type Report } from "../community/moderation-store.ts";
import { personOf } from "../community/person.ts";
import { listProposalsSince, type Proposal } from "../community/proposals-store.ts";
import { listHeld } from "../community/votes-store.ts";
import { visitorOf } from "../http/visitor.ts";
import { dayOf } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { count } from "./words.ts";

const mostShown = 100;

export function moderationRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.moderation(), async (c) => {
    keepPrivate(c);
    return answerPage(c, <ModerationPage deps={deps} {...(await findDesk(deps))} />);
  });
  routes.post(links.moderation(), guardForm(deps), async (c) => {
    keepPrivate(c);
    const form = await readForm(c);
    const action = actions.find((name) => name === form?.get("action"));
    const paperPk = Number(form?.get("paper"));
    if (!action || !Number.isSafeInteger(paperPk)) return answerProblem(c, deps.site, nothingHere, 400);
    const reason = form?.get("reason") ?? "";
    if (reason.trim() === "") return answerProblem(c, deps.site, sayWhy, 400);
    const person = personOf(visitorOf(c).account);
    const done = await moderate(deps.db, person, { action, paperPk, reason }, deps.clock());
    return done ? c.redirect(links.moderation(), 303) : answerProblem(c, deps.site, doneBefore, 409);
  });
  return routes;
}

const sayWhy = {
  title: "Say why; it is kept beside what you do.",
  remedy: (
    <>
      Go back, or to <a href={links.moderation()}>the desk</a>.
    </>
  ),
};

const doneBefore = {
  title: "There is nothing left to do about it.",
  remedy: (
    <>
      Somebody else was there first, or it took itself back. <a href={links.moderation()}>To the desk</a>.
    </>
  ),
};

interface Desk {
  held: { paperPk: number; votes: number; since: string }[];
  reports: Report[];
  proposals: Proposal[];
  log: LogEntry[];
  papers: ReadonlyMap<number, Paper>;
}

async function findDesk({ db, clock }: PageDeps): Promise<Desk> {
  const held = await listHeld(db, mostShown);
  const reports = await listOpenReports(db, mostShown);
  const proposals = await listProposalsSince(db, dayOf(clock()), mostShown);
  const log = await listLog(db, mostShown);
  const pks = [
    ...held.map(({ paperPk }) => paperPk),
    ...[...reports, ...proposals, ...log].map((row) => row.paper_pk),
  ];
  return { held, reports, proposals, log, papers: await findPapersByPk(db, [...new Set(pks)]) };
}

function ModerationPage({ deps, held, reports, proposals, log, papers }: Desk & { deps: PageDeps }) {
  const isQuiet = held.length + reports.length === 0;
  return (
    <Page site={deps.site} title="Moderation" current="account" unlisted>
      <PageHeading
        title="Moderation"
        note={isQuiet ? "nothing waits" : `${count(held.length + reports.length, "thing")} waiting`}
      />
      {held.length > 0 ? (
        <SectionHeading title="Held votes" note="a burst of new accounts for one paper" />
      ) : null}
      <Rows>
        {held.map(({ paperPk, votes, since }) => (
          <Row paper={papers.get(paperPk)} what={`${count(votes, "vote")} since ${formatMoment(since)}`}>
            <ActionForm
              paperPk={paperPk}
              choices={[
                ["count-votes", "Count them"],
                ["drop-votes", "Drop them"],
              ]}
            />
          </Row>
        ))}
      </Rows>
      {reports.length > 0 ? <SectionHeading title="Reported" /> : null}
      <Rows>
        {reports.map(({ paper_pk, reason, reported_at }) => (
          <Row
            paper={papers.get(paper_pk)}
            what={
              <>
                “<bdi>{reason}</bdi>”, {formatMoment(reported_at)}
              </>
            }
          >
            <ActionForm
              paperPk={paper_pk}
              choices={[
                ["close", "Nothing is wrong"],
                ["remove", "Take it off today’s page"],
              ]}
            />
          </Row>
        ))}
      </Rows>
      {proposals.length > 0 ? <SectionHeading title="Put forward today" /> : null}
      <Rows>
        {proposals.map(({ paper_pk, submitted_at }) => (
          <Row paper={papers.get(paper_pk)} what={formatMoment(submitted_at)}>
            <ActionForm paperPk={paper_pk} choices={[["remove", "Take it off today’s page"]]} />
          </Row>
        ))}
      </Rows>
      <SectionHeading title="What was done" note={log.length === 0 ? "nothing yet" : "the latest first"} />
      <Rows>
        {log.map((entry) => (
          <Row paper={papers.get(entry.paper_pk)} what={actionWords[entry.action as Action] ?? entry.action}>
            <bdi>{entry.actor}</bdi>, {formatMoment(entry.at)}: “<bdi>{entry.reason}</bdi>”
          </Row>
        ))}
      </Rows>
    </Page>
  );
}

const actionWords: Record<Action, string> = {
  "count-votes": "held votes counted",
  "drop-votes": "held votes dropped",
  remove: "taken off the page",
  close: "reports closed",
};

function formatMoment(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

function Rows({ children }: { children: Child[] }) {
  return children.length === 0 ? null : (
    <table class="own">
      <tbody>{children}</tbody>
    </table>
  );
}

function Row({ paper, what, children }: { paper: Paper | undefined; what: Child; children?: Child }) {
  return (
    <tr>
      <th scope="row">
        {paper ? (
          <a href={links.paper(paper.id)} dir="auto">
            {paper.titleText.slice(0, 200)}
          </a>
        ) : (
          "A paper that is gone"
        )}
      </th>
      <td>{what}</td>
      <td>{children}</td>
    </tr>
  );
}

/** One reason, one button a choice. */
function ActionForm({ paperPk, choices }: { paperPk: number; choices: [Action, string][] }) {
  return (
    <form class="button-form" method="post" action={links.moderation()}>
      <input type="hidden" name="paper" value={String(paperPk)} />
      <label>
        Why <input name="reason" type="text" required maxlength={longestReason} />
      </label>{" "}
      {choices.map(([action, label]) => (
        <>
          <button type="submit" name="action" value={action}>
            {label}
          </button>{" "}
        </>
      ))}
    </form>
  );
}
