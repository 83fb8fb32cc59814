// The page that explains one paper's place: every term of its score, what was expected of it, what was on, what is recorded.
import { editionTitle } from "../editions/edition-title.ts";
import type { FoundExplanation } from "../editions/find-explanation.ts";
import { formatInstant } from "../lib/dates.ts";
import { links } from "../links.ts";
import { RecordedTable, WaysInTable } from "./explain-recorded.tsx";
import { EstimateTable, SwitchesTable, TermsTable } from "./explain-tables.tsx";
import { Page } from "./layout.tsx";
import { MarkShapes, ShareRule } from "./marks.tsx";
import type { Site } from "./site.ts";
import { Headline } from "./title.tsx";
import { formatNumber, formatShare } from "./words.ts";

interface ExplainPageProps {
  site: Site;
  found: FoundExplanation;
}

export function ExplainPage({ site, found }: ExplainPageProps) {
  const { edition, item, explanation, evidence } = found;
  const asOf = edition.cut?.asOf;
  const title = editionTitle(edition);
  return (
    <Page
      site={site}
      title={`Why number ${item.rank} on ${title}: ${item.paper.titleText.slice(0, 100)}`}
      path={links.explain(edition.key, item.paper.id)}
      unlisted
      colophon={<Colophon found={found} />}
    >
      <MarkShapes />
      <article class="explained">
        <ShareRule share={item.share} />
        <p class="overline">
          Why it is number {formatNumber(item.rank)} of {formatNumber(edition.items.length)} on{" "}
          <a href={links.editionView(links.edition(edition.kind, edition.key), { asOf })}>{title}</a>
        </p>
        <h1 dir="auto">
          <a href={links.paper(item.paper.id)}>
            <Headline paper={item.paper} />
          </a>
        </h1>
        <p class="why">
          {formatShare(item.share)} of the page’s score: <bdi>{item.reason}</bdi>.
        </p>
        <div class="with-notes">
          <div>
            <TermsTable explanation={explanation} />
            {explanation.estimate ? <EstimateTable estimate={explanation.estimate} /> : null}
            <SwitchesTable explanation={explanation} />
          </div>
          <div class="notes">
            <WaysInTable evidence={evidence} carriedFrom={item.carriedFrom} />
            <RecordedTable evidence={evidence} />
            <CutOff found={found} />
          </div>
        </div>
      </article>
    </Page>
  );
}

function CutOff({ found: { edition, item } }: { found: FoundExplanation }) {
  const { cut, asOf, asOfApproximate, kind, key } = edition;
  return (
    <div>
      <h2>Cut-off</h2>
      <p>
        {cut
          ? `The page as it stood at ${formatInstant(cut.asOf)}. `
          : "The page of now, from everything recorded. "}
        {cut?.reconstructed
          ? "Nothing of it was held here then: it is made from what had been observed by that time. "
          : ""}
        The latest that counted is of {asOfApproximate ? "about " : ""}
        <time datetime={asOf}>{formatInstant(asOf)}</time>.
      </p>
      <p>
        Also as <a href={links.as(links.explain(key, item.paper.id, cut?.asOf), "json")}>JSON</a>;{" "}
        <a href={links.apiV1(`papers/${encodeURIComponent(item.paper.id)}/signals`)}>
          everything recorded of it
        </a>
        ;{" "}
        <a href={links.editionView(links.edition(kind, key), { asOf: cut?.asOf, explain: true })}>
          every score of the page
        </a>
        .
      </p>
    </div>
  );
}

function Colophon({ found: { edition } }: { found: FoundExplanation }) {
  return (
    <>
      By formula <a href={`${links.about()}#formula`}>{edition.formula}</a>, computed again from the record
      whenever this page is asked for.
    </>
  );
}
