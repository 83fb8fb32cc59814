// How far the first harvest is: what has come, what is at hand, what could not be asked. The page looks again by itself.
import type { SourceState } from "../harvest/harvest-states.ts";
import { links } from "../links.ts";
import { Page, PageHeading } from "./layout.tsx";
import type { Site } from "./site.ts";
import { count, formatNumber } from "./words.ts";

export interface FirstRunProgressProps {
  site: Site;
  states: readonly SourceState[];
  papers: number;
}

const secondsBetweenLooks = 5;

export function FirstRunProgress({ site, states, papers }: FirstRunProgressProps) {
  const done = states.filter(({ succeededAt }) => succeededAt !== null);
  const troubled = states.filter(({ state }) => state === "failing" || state === "resting");
  const isOver = done.length === states.length;
  const head = isOver ? null : <meta http-equiv="refresh" content={String(secondsBetweenLooks)} />;
  return (
    <Page site={site} title="The first harvest" unlisted head={head}>
      <PageHeading
        title={isOver ? "Here it is" : "Fetching the last seven days"}
        note={`${formatNumber(done.length)} of ${count(states.length, "part")}, ${count(papers, "paper")}`}
      />
      <div class="prose">
        <p>
          <progress value={done.length} max={states.length}>
            {formatNumber(done.length)} of {formatNumber(states.length)}
          </progress>
        </p>
        {troubled.length > 0 && done.length === 0 ? (
          <p>
            No archive could be asked yet: {troubled[0]!.why} Broadsheet goes on with what it has and tries
            again by itself.
          </p>
        ) : null}
        <p>
          The archives ask for a pause between requests, so this takes some minutes. You need not wait:{" "}
          <a href={links.front()}>today’s edition</a> grows as papers come, and{" "}
          <a href={links.status()}>the ledger</a> counts them.
        </p>
        <ul class="parts">
          {states.map(({ stream, state, why }) => (
            <li>
              <b>{stream}</b> {state === "new" ? "waiting for its turn" : `${state}: ${why}`}
            </li>
          ))}
        </ul>
      </div>
    </Page>
  );
}
