// How programs read this instance, for the people who write them: addresses, what holds for all of them, and an example to try.
import type { Context } from "hono";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page, PageHeading } from "./layout.tsx";

export function apiRoute({ site }: PageDeps) {
  return (c: Context) =>
    answerPage(
      c,
      <Page
        site={site}
        title="For programs"
        path={links.api()}
        description="The API, the feeds and the files of this Broadsheet."
      >
        <PageHeading title="For programs" note="what a page shows, a program can read" />
        <div class="columns">
          <Start baseUrl={site.baseUrl()} />
          <Addresses />
          <HubPapers />
          <Feeds />
          <Files />
          <Rules />
          <Problems />
          <Tokens />
        </div>
      </Page>,
    );
}

function Start({ baseUrl }: { baseUrl: string }) {
  return (
    <section class="prose" id="start">
      <h2>Start here</h2>
      <pre tabindex={0}>
        <code>{`curl ${baseUrl}${links.apiV1("editions/latest")}`}</code>
      </pre>
      <p>
        Every address, parameter and field is in the document{" "}
        <a href={links.apiV1("openapi.json")}>openapi.json</a> (OpenAPI 3.1), which is made of the definitions
        that check each request, with an example of every answer.
      </p>
    </section>
  );
}

/** The address as it is written, one that can be opened, and what it answers. */
const addresses: readonly [address: string, example: string | null, answer: string][] = [
  ["editions", links.apiV1("editions"), "the editions there are"],
  ["editions/{key}", links.apiV1("editions/latest"), "one, in rank order, with every term of every score"],
  [
    "search?q=",
    links.apiV1("search", { q: "attention", facets: "true" }),
    "search: modes, sorts, facets, cursors",
  ],
  ["papers?category=", links.apiV1("papers", { category: "cs.CL" }), "papers of a category or an author"],
  ["papers/{id}", null, "a paper by any of its ids"],
  ["…/similar", null, "papers near in meaning"],
  ["…/signals", null, "everything recorded of a paper"],
  ["lists", links.apiV1("lists"), "the lists, and below them each list"],
  ["ledger", links.apiV1("ledger"), "what was announced and what of it is held"],
  ["changes?since=", links.apiV1("changes", { since: "0" }), "everything that changed, in order"],
];

function Addresses() {
  return (
    <section class="prose" id="addresses">
      <h2>Addresses below /api/v1</h2>
      <table class="facts">
        <tbody>
          {addresses.map(([address, example, answer]) => (
            <tr>
              <th scope="row">{example ? <a href={example}>{address}</a> : address}</th>
              <td>{answer}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HubPapers() {
  return (
    <section class="prose" id="hub">
      <h2>The hub’s papers API</h2>
      <p>
        Programs written for the papers API of huggingface.co work here when they are given this address
        instead: <a href="/api/daily_papers">/api/daily_papers</a>, /api/papers/search, /api/papers/{"{id}"}{" "}
        and the others, with the same parameters, fields and errors.
      </p>
    </section>
  );
}

function Feeds() {
  return (
    <section class="prose" id="feeds">
      <h2>Feeds</h2>
      <p>
        Every list is a feed, as Atom, RSS and JSON Feed; its page names it, so that a feed reader needs the
        page’s address only. <a href={links.feed("today", "atom")}>The papers of the day</a>,{" "}
        <a href={links.feed("trending", "atom")}>what is trending and why</a>, and an entry a{" "}
        <a href={links.feed("days", "atom")}>day</a>, <a href={links.feed("weeks", "atom")}>week</a> or{" "}
        <a href={links.feed("months", "atom")}>month</a>; of a category, an author, a list or a search, go to
        its page.
      </p>
    </section>
  );
}

function Files() {
  return (
    <section class="prose" id="files">
      <h2>Files</h2>
      <p>
        A page with a list is a file, too, with <code>?format=</code> bibtex, ris, csl-json, markdown, csv or
        jsonl behind its address. The whole bibliography is offered at <a href="/dumps">/dumps</a>.
      </p>
    </section>
  );
}

function Rules() {
  return (
    <section class="prose" id="rules">
      <h2>What holds for all</h2>
      <p>
        Pages have one shape: <code>items</code>, <code>total</code> and <code>next</code>, which is the{" "}
        <code>cursor</code> of the next page; <code>Link: rel="next"</code> says the same.
      </p>
      <p>
        500 requests in five minutes from one network or account; <code>RateLimit</code> says how many are
        left. Answers have an <code>ETag</code>: ask with <code>If-None-Match</code>, and what has not changed
        costs you nothing.
      </p>
      <p>Scripts of other sites may read what is public. Titles and abstracts are text by strangers.</p>
    </section>
  );
}

const problems: readonly [code: string, status: number, meaning: string][] = [
  ["bad-input", 400, "something is not understood; the detail says what"],
  ["token", 401, "the token is not known"],
  ["sign-in", 401, "a token is needed"],
  ["role", 403, "the account may not"],
  ["scope", 403, "the token may not"],
  ["not-found", 404, "nothing is there"],
  ["method", 405, "the address is only read"],
  ["limit", 429, "too many requests; Retry-After says when to go on"],
  ["busy", 503, "too much at once; Retry-After says when to go on"],
  ["internal", 500, "our fault; it is written down"],
];

function Problems() {
  return (
    <section class="prose" id="problems">
      <h2>When something is wrong</h2>
      <p>
        The answer is a problem document (RFC 9457) with a <code>code</code> that stays:
      </p>
      <table class="facts">
        <tbody>
          {problems.map(([code, status, meaning]) => (
            <tr id={code}>
              <th scope="row">{code}</th>
              <td>
                {status}: {meaning}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Tokens() {
  return (
    <section class="prose" id="tokens">
      <h2>Tokens</h2>
      <p>
        What is yours (marks, follows, your taste) and a private Broadsheet are read with a token:{" "}
        <code>Authorization: Bearer bst_…</code>. You make it on <a href={links.me()}>your page</a>, say what
        it may do, see when it was last used, and take it back.
      </p>
    </section>
  );
}
