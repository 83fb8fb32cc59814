// The shell of every page: head, skip link, masthead, navigation, footer. One stylesheet, one small script, no inline anything.
import type { Context } from "hono";
import { type Child, type PropsWithChildren, useContext } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { withText } from "../http/finish-answer.ts";
import { links } from "../links.ts";
import { type AlsoAs, AlsoAsLine, FeedLinks } from "./also-as.tsx";
import { KeeperContext } from "./keeper-context.ts";
import { MarkForm } from "./mark-control.tsx";
import { absoluteUrl, type Site } from "./site.ts";

/** Entries of the navigation, by the name that marks the present page. */
const navigation = [
  { name: "today", label: "Today", href: links.front() },
  { name: "mine", label: "For you", href: links.today() },
  { name: "week", label: "Week", href: links.latestWeek() },
  { name: "month", label: "Month", href: links.latestMonth() },
  { name: "trending", label: "Trending", href: links.trending() },
  { name: "lists", label: "Lists", href: links.lists() },
  { name: "search", label: "Search", href: links.search() },
  { name: "ledger", label: "Ledger", href: links.status() },
  { name: "letter", label: "Letter", href: links.subscribe() },
  { name: "account", label: "You", href: links.me() },
  { name: "about", label: "About", href: links.about() },
] as const;

export type NavigationName = (typeof navigation)[number]["name"];

export type PageProps = PropsWithChildren<{
  site: Site;
  /** Without the name of the site, which is added. */
  title: string;
  /** Path of the page for its canonical link; absent on error pages and pages that hold a token. */
  path?: string;
  description?: string;
  current?: NavigationName;
  /** More for the head: metadata of a paper. */
  head?: Child;
  /** The large masthead of editions, below the navigation; otherwise the masthead is one line. */
  masthead?: Child;
  /** Extra sentences of the footer: how this page was computed. */
  colophon?: Child;
  /** The same for programs and feed readers, where the page is a list. */
  also?: AlsoAs;
  /** Kept out of search engines (error pages, pages with a token, search results). */
  unlisted?: boolean;
}>;

/** A whole document without its doctype; see `answerPage`. */
export function Page(props: PageProps) {
  return (
    <html lang="en">
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          Skip to the papers
        </a>
        <header class={props.masthead ? "head full" : "head"}>
          <div class="head-line">
            {props.masthead ? <p class="tagline">The daily of research papers</p> : <Wordmark />}
            <Navigation current={props.current} />
          </div>
          {props.masthead}
        </header>
        <main id="main">{props.children}</main>
        <Footer colophon={props.colophon} also={props.also} />
        <MarkForm />
      </body>
    </html>
  );
}

function Wordmark() {
  return (
    <p class="wordmark">
      <a href={links.front()}>Broadsheet</a>
    </p>
  );
}

function Head({ site, title, path, description, head, also, unlisted }: PageProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === "Broadsheet" ? title : `${title} · Broadsheet`}</title>
      {description ? <meta name="description" content={description} /> : null}
      {unlisted ? <meta name="robots" content="noindex" /> : null}
      {path ? <link rel="canonical" href={absoluteUrl(site, path)} /> : null}
      <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#0c0c0d" media="(prefers-color-scheme: dark)" />
      <link rel="icon" href={site.assets.icon} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={site.assets.icon192} />
      <link rel="manifest" href={links.manifest()} />
      <link
        rel="search"
        type="application/opensearchdescription+xml"
        title="Broadsheet"
        href={links.openSearch()}
      />
      <link rel="preload" href={site.assets.sans} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="stylesheet" href={site.assets.stylesheet} />
      <script src={site.assets.script} type="module" />
      {useContext(KeeperContext) ? <script src={site.assets.marksScript} type="module" /> : null}
      <FeedLinks site={site} feed={also?.feed} />
      {head}
    </head>
  );
}

function Navigation({ current }: { current?: NavigationName }) {
  const isKeeper = useContext(KeeperContext) !== null;
  const shown = navigation.filter(({ name }) => name !== "mine" || isKeeper || current === "mine");
  return (
    <nav class="nav" aria-label="Pages">
      <ul>
        {shown.map(({ name, label, href }) => (
          <li>
            <a href={href} aria-current={name === current ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Footer({ colophon, also }: Pick<PageProps, "colophon" | "also">) {
  return (
    <footer class="foot">
      {colophon ? <p>{colophon}</p> : null}
      {also ? <AlsoAsLine {...also} /> : null}
      <p>
        Titles and abstracts belong to their authors. Broadsheet is free software;{" "}
        <a href={links.about()}>how the page is made</a>.
      </p>
    </footer>
  );
}

/** Answers with a page: doctype added, HTML type set. */
export function answerPage(c: Context, page: Child, status: ContentfulStatusCode = 200) {
  const text = renderPage(page);
  return withText(c.html(text, status), text);
}

/** The whole text of a page. */
export function renderPage(page: Child): string {
  return `<!doctype html>${page}`;
}

/** The head of an inside page or section: a heading and, beside it, a dim note. */
export function PageHeading({ title, note }: { title: Child; note?: Child }) {
  return (
    <div class="page-heading">
      <h1>{title}</h1>
      {note ? <p>{note}</p> : null}
    </div>
  );
}

/** The head of a section of a page. */
export function SectionHeading({ title, note, aside }: { title: Child; note?: Child; aside?: Child }) {
  return (
    <div class="section-heading">
      <h2>{title}</h2>
      {note ? <p>{note}</p> : null}
      {aside ? <p class="aside">{aside}</p> : null}
    </div>
  );
}
