// Pages where an edition has no papers: that day, or at all.
import type { Edition, EmptyEdition } from "../editions/edition.ts";
import { editionTitle } from "../editions/edition-title.ts";
import type { Instant } from "../lib/clock.ts";
import { formatInstant } from "../lib/dates.ts";
import { links } from "../links.ts";
import { type AnyEdition, EditionHead, shortTitle } from "./edition-head.tsx";
import { HubElement } from "./hub-element.tsx";
import { Page } from "./layout.tsx";
import type { Site } from "./site.ts";

export interface EmptyEditionPageProps {
  site: Site;
  /** With the ledger's account of the day: a day that has not come is told from a quiet one. */
  edition: EmptyEdition & Pick<AnyEdition, "account">;
  path: string;
  /** The latest of its kind, where this one has not come yet: what scrapers of the hub's pages are led to there. */
  latest: Edition | null;
}

/** A day, week or month without papers, with the nearest that have some. */
export function EmptyEditionPage({ site, edition, path, latest }: EmptyEditionPageProps) {
  const title = editionTitle(edition);
  return (
    <Page site={site} title={title} path={path} unlisted masthead={<EditionHead edition={edition} />}>
      <div class="prose">
        <h2 class="statement">{edition.future ? `${title} has not come yet.` : `No papers on ${title}.`}</h2>
        {edition.account ? (
          <p>
            The ledger of the day: <a href={links.status(edition.key)}>{edition.account}</a>.
          </p>
        ) : null}
        <NearestEditions edition={edition} />
      </div>
      <HubElement site={site} edition={latest ?? edition} />
    </Page>
  );
}

/** Nothing of it was there at that instant. */
export function NothingStoodPage({
  site,
  edition,
  asOf,
}: {
  site: Site;
  edition: EmptyEdition;
  asOf: Instant;
}) {
  const title = editionTitle(edition);
  return (
    <Page site={site} title={title} unlisted masthead={<EditionHead edition={edition} />}>
      <div class="prose">
        <h2 class="statement">
          There was no page of {title} at {formatInstant(asOf)}.
        </h2>
        <p>
          See it <a href={links.edition(edition.kind, edition.key)}>as it stands now</a>.
        </p>
      </div>
    </Page>
  );
}

/** The front before the first paper, for anybody but an owner who has not chosen yet. */
export function NoPapersPage({ site }: { site: Site }) {
  return (
    <Page site={site} title="Broadsheet" path={links.front()} current="today">
      <div class="prose">
        <h1 class="statement">There are no papers here yet.</h1>
        <p>
          Add some with <code>./broadsheet import FILE…</code>; the page appears with the first that belongs
          to a day.
        </p>
      </div>
    </Page>
  );
}

function NearestEditions({ edition: { kind, previous, next } }: { edition: EmptyEdition }) {
  const nearest = [previous, next].filter((key) => key !== null);
  if (nearest.length === 0) return <p>No {kind} has papers yet.</p>;
  return (
    <p>
      The nearest with papers:{" "}
      {nearest.map((key, i) => (
        <>
          {i > 0 ? " and " : ""}
          <a href={links.edition(kind, key)}>
            {kind === "day" ? editionTitle({ kind, key, from: key }) : shortTitle(kind, key)}
          </a>
        </>
      ))}
      .
    </p>
  );
}
