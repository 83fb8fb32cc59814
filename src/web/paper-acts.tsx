// What a visitor may do with a paper: vote and take it back, put it forward for today, report it. Forms of one button.
import type { Context } from "hono";
import { hasOpenReport } from "../community/moderation-store.ts";
import { personOf } from "../community/person.ts";
import { maySubmit } from "../community/proposals.ts";
import { countVotes, findVote, type VoteState } from "../community/votes-store.ts";
import { visitorOf } from "../http/visitor.ts";
import { dayOf } from "../lib/clock.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { isSubmitted } from "../papers/people-store.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm } from "./forms.tsx";
import { count } from "./words.ts";

export interface PaperActs {
  paper: Paper;
  signedIn: boolean;
  /** Votes given here that count. */
  votes: number;
  own: VoteState | null;
  reported: boolean;
  /** True: the visitor may put it forward, and it is not on today's page. */
  mayPropose: boolean;
}

export async function findPaperActs(c: Context, deps: PageDeps, paper: Paper): Promise<PaperActs> {
  const { db, clock, config } = deps;
  const visitor = visitorOf(c);
  const votes = await countVotes(db, paper.pk, "counted");
  if (visitor.role === "anonymous")
    return { paper, signedIn: false, votes, own: null, reported: false, mayPropose: false };
  const person = personOf(visitor.account);
  const may = maySubmit(person, { readersMayADay: config.readerSubmissions });
  return {
    paper,
    signedIn: true,
    votes,
    own: await findVote(db, paper.pk, person.id),
    reported: await hasOpenReport(db, paper.pk, person.id),
    mayPropose: may && !(await isSubmitted(db, paper.pk, dayOf(clock()))),
  };
}

export function PaperActions({ paper, signedIn, votes, own, reported, mayPropose }: PaperActs) {
  const fields = { paper: paper.id };
  return (
    <section class="acts" id="vote" aria-label="Vote">
      <p>
        {votes === 0 ? "No votes here yet." : `${count(votes, "vote")} here.`}
        {own === "held" ? " Yours waits for an editor." : ""}
      </p>
      {signedIn ? (
        <>
          {own === null ? (
            <ButtonForm action="/votes" fields={fields}>
              Vote for it
            </ButtonForm>
          ) : (
            <ButtonForm action="/votes/undo" fields={fields}>
              Take your vote back
            </ButtonForm>
          )}
          {mayPropose ? (
            <ButtonForm action="/submit/paper" fields={fields}>
              Put it forward for today
            </ButtonForm>
          ) : null}
          {reported ? <p>You reported it; the editors will look.</p> : <ReportForm paper={paper} />}
        </>
      ) : (
        <p>
          <a href={links.signIn(links.paper(paper.id))}>Sign in</a> to vote.
        </p>
      )}
    </section>
  );
}

function ReportForm({ paper }: { paper: Paper }) {
  return (
    <details>
      <summary>Something is wrong with it</summary>
      <form class="form" method="post" action="/reports">
        <input type="hidden" name="paper" value={paper.id} />
        <div class="field">
          <label for="reason">What the editors should know</label>
          <input id="reason" name="reason" type="text" required maxlength={500} />
        </div>
        <button type="submit">Report it</button>
      </form>
    </details>
  );
}
