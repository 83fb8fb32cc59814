// What this is, how the order is made, where things come from, what is stored.
import type { Context } from "hono";
import {
  ANNOUNCED_POINTS,
  ESTIMATE_PART,
  formulaVersion,
  SUBMITTED_POINTS,
  VOTE_POINTS,
} from "../editions/formula.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { Mark, MarkShapes } from "./marks.tsx";

export function aboutRoute({ site, config }: PageDeps) {
  return (c: Context) =>
    answerPage(
      c,
      <Page
        site={site}
        title="About"
        path={links.about()}
        current="about"
        description="How Broadsheet orders papers, where they come from, what is stored."
      >
        <MarkShapes />
        <PageHeading title="About" note="what this is, how it is ordered, what is stored" />
        <div class="columns">
          <WhatItIs />
          <TheFormula />
          <TheMarks />
          <Sources categories={config.categories} />
          <WhatIsStored />
          <Agents baseUrl={site.baseUrl()} />
          <Licence />
        </div>
      </Page>,
    );
}

function WhatItIs() {
  return (
    <section class="prose" id="what">
      <h2>What it is</h2>
      <p>
        Broadsheet is a daily of research papers. Each day has a page with every paper that was put forward
        for it or announced in the categories followed here; nothing is left out, and an empty day says so.
      </p>
      <p>
        Rank is physical: a paper’s type size and the rule over its headline follow from its part of the day’s
        score, and each size begins at half the share of the one above. The front page is its own chart.
      </p>
      <p>
        Weeks and months are made the same way. Papers, days, lists, authors and categories have lasting
        addresses; older addresses and other identifiers of a paper lead to its page.
      </p>
    </section>
  );
}

function TheFormula() {
  return (
    <section class="prose" id="formula">
      <h2>The formula, {formulaVersion}</h2>
      <p>A paper’s score on an edition is the sum of:</p>
      <table class="facts">
        <tbody>
          <tr>
            <th scope="row">each vote counted by the time the page is as of</th>
            <td>{VOTE_POINTS}</td>
          </tr>
          <tr>
            <th scope="row">having been put forward for the day by a person</th>
            <td>{SUBMITTED_POINTS}</td>
          </tr>
          <tr>
            <th scope="row">else, having been announced by an archive</th>
            <td>{ANNOUNCED_POINTS}</td>
          </tr>
          <tr>
            <th scope="row">
              what is expected of it from its text, authors, organisation, code and submitter, while nobody
              has voted
            </th>
            <td>
              × e<sup>{ESTIMATE_PART} × estimate</sup>
            </td>
          </tr>
          <tr>
            <th scope="row">
              where enough is held to know them: the weight of a vote in its field and on its weekday, and the
              stars that its repository gains a day
            </th>
            <td>said on each page</td>
          </tr>
          <tr>
            <th scope="row">
              papers of one submitter, or one organisation, beyond a third of the page (or their best paper)
            </th>
            <td>less: by the logarithm</td>
          </tr>
        </tbody>
      </table>
      <p>
        Higher scores come first; equal ones stand in an order drawn from their identifiers, which favours
        nobody and is always the same. Age, comments, money and who is reading have no part in it. The same
        records give the same page, at any time. What comes after a day’s page has closed is carried into the
        next one, marked.
      </p>
      <p>
        Votes are those of the source that counted them; where it does not say when, the time is an estimate
        and marked “about”.
      </p>
    </section>
  );
}

function TheMarks() {
  return (
    <section class="prose" id="marks">
      <h2>Signs in the margin</h2>
      <p>
        <Mark name="why" />
        Why a paper is where it is: the heaviest term of its score. Leads to the whole sum on the paper’s
        page.
      </p>
      <p>
        <Mark name="gap" />
        What is not held: code, authors, the authors’ abstract. Leads to the paper’s page, which says where
        was looked.
      </p>
      <p>
        <b class="new-word">new</b> entered the page since your last visit. Your browser remembers that visit;
        nobody else does.
      </p>
    </section>
  );
}

function Sources({ categories }: { categories: readonly string[] }) {
  return (
    <section class="prose" id="sources">
      <h2>Where papers come from</h2>
      <p>
        From files that the owner of this site imports: daily lists of papers that readers put forward,
        arXiv’s public metadata, lists of conferences, saved listing pages. Announcements are followed in{" "}
        {categories.join(", ")}.
      </p>
      <p>
        One paper from several sources is one paper; each of its fields remembers its source, and the paper’s
        page says which. Where only a summary is held, it is marked as a summary. Thank you to arXiv for use
        of its open access interoperability.
      </p>
    </section>
  );
}

function WhatIsStored() {
  return (
    <section class="prose" id="stored">
      <h2>What is stored of you</h2>
      <p>
        Reading stores nothing here: no account, no cookie, nothing from other sites. Your browser keeps the
        time of your last visit for itself.
      </p>
      <p>
        A <a href={links.subscribe()}>letter</a> needs your address, time zone and time of day; with them are
        kept when and from which network you asked and confirmed, as proof that you did, and which papers you
        were sent, so that none comes twice. Every letter ends the subscription with one click.
      </p>
    </section>
  );
}

/** What to paste into a client of the Model Context Protocol. */
function Agents({ baseUrl }: { baseUrl: string }) {
  const settings = { mcpServers: { broadsheet: { url: baseUrl + links.mcp() } } };
  return (
    <section class="prose" id="agents">
      <h2>For agents</h2>
      <p>
        Models can search and read this site as tools, by the Model Context Protocol. Paste this into the
        settings of a client; saving papers needs a token from <a href={links.me()}>your page</a>.
      </p>
      <pre tabindex={0}>
        <code>{JSON.stringify(settings, null, 2)}</code>
      </pre>
    </section>
  );
}

function Licence() {
  return (
    <section class="prose" id="licence">
      <h2>Rights</h2>
      <p>
        Titles and abstracts belong to their authors and are shown for finding papers; read and cite them
        where they were published. The program is free software under the MIT licence; anybody may run it.
      </p>
      <p>
        The typefaces are Archivo and Source Serif 4, under the{" "}
        <a href="/assets/fonts-licence.txt">SIL Open Font License</a>.
      </p>
    </section>
  );
}
