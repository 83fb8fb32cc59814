// Every address of the site, in one place; paths only, prefixed with the public address where a letter or feed needs it.

/** Old arXiv ids hold a slash (hep-th/9901001), which stays a slash in our addresses as in theirs. */
function encodeId(id: string): string {
  return id.split("/").map(encodeURIComponent).join("/");
}

/** Instants are written without what they do not need: "2026-05-13T00:00:00Z". */
function viewQuery({ asOf, explain }: { asOf?: string | undefined; explain?: boolean }): string {
  const parts = [
    ...(asOf === undefined ? [] : [`as-of=${asOf.replace(/\.000Z$/, "Z")}`]),
    ...(explain ? ["explain"] : []),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** What an address of results says beside the query. */
export type SearchLink = Partial<Record<"mode" | "sort" | "as" | "cursor" | "from" | "explain", string>>;

/** What every feed is written in. */
export type FeedFormat = "atom" | "rss" | "json";

export const links = {
  front: () => "/",
  day: (day: string) => `/papers/date/${day}`,
  week: (week: string) => `/papers/week/${week}`,
  month: (month: string) => `/papers/month/${month}`,
  /** A page as it stood at an instant, and with the terms of every score. */
  editionView: (path: string, view: { asOf?: string | undefined; explain?: boolean }) =>
    `${path}${viewQuery(view)}`,
  /** Why a paper stands where it does on the page of a day, a week or a month. */
  explain: (key: string, id: string, asOf?: string) =>
    `/explain/${key}/${encodeId(id)}${viewQuery({ asOf })}`,
  /** Redirect to the newest week and month that have papers. */
  latestWeek: () => "/papers/week",
  latestMonth: () => "/papers/month",
  /** Papers of the last weeks, ranked across days. */
  trending: () => "/papers/trending",
  edition: (kind: "day" | "week" | "month", key: string) =>
    ({ day: links.day, week: links.week, month: links.month })[kind](key),
  /** Results of a query; without one, the form. */
  search: (query?: string, more: SearchLink = {}) =>
    query ? `/papers?${new URLSearchParams({ q: query, ...more })}` : "/papers",
  /** Papers like a paper. */
  similar: (id: string) => links.search(`like:${id}`),
  suggest: () => "/search/suggest",
  paper: (id: string) => `/papers/${encodeId(id)}`,
  /** As a file in a format it is cited in: "bib", "ris", "csl.json". */
  citation: (id: string, extension: string) => `/papers/${encodeId(id)}.${extension}`,
  paperJson: (id: string) => `/papers/${encodeId(id)}.json`,
  /** Its title drawn as a picture. */
  thumbnail: (id: string) => `/thumbnails/${encodeId(id)}.png`,
  /** A pattern drawn from 24 hexadecimal digits, for somebody whose picture we do not have. */
  avatar: (key: string) => `/avatars/${key}.svg`,
  list: (id: string) => `/lists/${encodeURIComponent(id)}`,
  lists: () => "/lists",
  category: (categories: readonly string[]) => `/categories/${categories.map(encodeURIComponent).join("+")}`,
  author: (name: string) => `/authors/${encodeURIComponent(name)}`,
  subscribe: () => "/subscribe",
  /** GET shows the button, POST confirms. */
  confirm: (token: string) => `/confirm/${token}`,
  /** GET shows the button, POST (also RFC 8058 one-click) ends the subscription. */
  unsubscribe: (token: string) => `/u/${token}`,
  /** The reader's own wishes: GET shows the form, POST changes them; the token is the authority. */
  letterSettings: (token: string) => `/u/${token}/settings`,
  /** Asks for a letter as it would come now. */
  testLetter: (token: string) => `/u/${token}/test-letter`,
  /** The web copy of one letter, private by its signature. */
  letterCopy: (pass: string) => `/issues/${pass}`,
  /** What a reader says to one paper of a letter: GET shows the button, POST says it. */
  letterMark: (pass: string) => `/m/${pass}`,
  /** POST: what came back, by a mail service. */
  returnedMail: () => "/mail/returned",
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in"),
  signInPassword: () => "/sign-in/password",
  /** POST asks for a link by mail. */
  askLink: () => "/sign-in/link",
  /** GET shows the button, POST signs in. */
  signInLink: (token: string) => `/sign-in/link/${token}`,
  /** The challenge of a passkey (POST), and its answer. */
  passkeyChallenge: () => "/sign-in/passkey/challenge",
  signInPasskey: () => "/sign-in/passkey",
  signOut: () => "/sign-out",
  /** The first owner, by the code of the console. */
  setUp: () => "/set-up",
  /** GET shows the button, POST makes the account. */
  invitation: (token: string) => `/invitation/${token}`,
  /** POST: what a reader says of a paper. */
  marks: () => "/marks",
  /** The reader's own edition. */
  today: () => "/today",
  /** POST: begin to follow, stop following. */
  follows: () => "/follows",
  unfollow: () => "/follows/remove",
  /** What was learned of a reader, and all of it as one file. */
  taste: () => "/me/taste",
  tasteFile: () => "/me/taste/library.json",
  /** What a reader marked: a kind of marks, or a folder. */
  library: (of: { kind?: string; folder?: string } = {}) => {
    const query = new URLSearchParams(of).toString();
    return `/me/library${query === "" ? "" : `?${query}`}`;
  },
  me: () => "/me",
  webhooks: () => "/me/webhooks",
  /** Putting a paper forward for today. */
  submit: () => "/submit",
  /** Held and reported things, for editors. */
  moderation: () => "/moderation",
  /** Accounts and invitations, for the owner. */
  accounts: () => "/accounts",
  letters: () => "/letters",
  letter: (name: string) => `/letters/${encodeURIComponent(name)}`,
  /** The first page: what to follow, and how far the first harvest is. */
  start: () => "/start",
  /** The questions once more. */
  startAgain: () => "/start?change",
  /** The ledger, and a day of it. */
  status: (day?: string) => (day === undefined ? "/status" : `/status#${day}`),
  /** How programs read this instance: a page for people. */
  api: () => "/api",
  /** What `/api/v1/…` answers; the query last. */
  apiV1: (path: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query).toString();
    return `/api/v1/${path}${search === "" ? "" : `?${search}`}`;
  },
  /** The same list in another form: the address of its page with `format` ("markdown", "bibtex"); docs/api.md names them. */
  as: (path: string, format: string) => `${path}${path.includes("?") ? "&" : "?"}format=${format}`,
  /** A feed by its name ("days", "categories/cs.CL+cs.LG"); `query` only for "search". */
  feed: (name: string, format: FeedFormat, query?: string) =>
    `/feeds/${name}.${format}${query === undefined ? "" : `?${new URLSearchParams({ q: query })}`}`,
  /** The same behind a key that opens it. */
  keyedFeed: (key: string, name: string, format: FeedFormat, query?: string) =>
    `/feeds/of/${key}${links.feed(name, format, query).slice("/feeds".length)}`,
  /** What is followed, for feed readers. */
  followsOpml: () => "/me/follows.opml",
  statusJson: () => "/api/status",
  about: () => "/about",
  /** What programs that walk the site read first. */
  robots: () => "/robots.txt",
  llms: () => "/llms.txt",
  sitemap: () => "/sitemap.xml",
  /** "pages", "papers-7" */
  sitemapPart: (name: string) => `/sitemaps/${name}.xml`,
  /** The description of our search for the browser's own. */
  openSearch: () => "/opensearch.xml",
  manifest: () => "/manifest.webmanifest",
  offline: () => "/offline",
  offlineWorker: () => "/offline-worker.js",
  /** The whole public bibliography, each night. */
  dumps: () => "/dumps",
  dump: (name: string) => `/dumps/${name}`,
  health: () => "/healthz",
  /** The Model Context Protocol; POST only. */
  mcp: () => "/mcp",
};
