// Papers of one author, and papers of one or several categories; newest first.
import type { Context } from "hono";
import type { FollowKind } from "../library/library.ts";
import { links } from "../links.ts";
import { listPapersByAuthor, listPapersByCategories, type PaperPage } from "../papers/browse-store.ts";
import { authorKey } from "../papers/names.ts";
import { cutAtCharacter } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { FollowHere } from "./follow-here.tsx";
import { answerPapers } from "./keeper-view.tsx";
import { Page, PageHeading } from "./layout.tsx";
import { answerPapersFile, papersInFile, readFormat } from "./papers-file.ts";
import { Pager, papersPerPage, Shelf } from "./shelf.tsx";
import type { Site } from "./site.ts";
import { count, joinNames } from "./words.ts";

export function authorRoute(deps: PageDeps) {
  const { db, site } = deps;
  return async (c: Context) => {
    const name = (c.req.param("name") ?? "").trim();
    const after = c.req.query("after");
    const key = authorKey(name);
    const format = readFormat(c);
    const options = { after, limit: format ? papersInFile : papersPerPage };
    const shelf = key === "" ? null : await listPapersByAuthor(db, key, options);
    if (!shelf || shelf.total === 0) {
      return answerProblem(c, site, {
        title: `No paper here names an author “${cutAtCharacter(name, 80)}”.`,
        remedy: <SearchInstead words={name} />,
      });
    }
    if (format) return answerPapersFile(c, { db }, { format, name, papers: shelf.papers });
    const shown = nameAsPrinted(shelf, key) ?? name;
    const page = (
      <ShelfPage
        {...{ site, title: shown, path: links.author(shown), shelf, after }}
        json={links.apiV1("papers", { author: shown })}
        feed={`authors/${encodeURIComponent(shown)}`}
        follow={{ kind: "author", values: [shown] }}
      />
    );
    return answerPapers(c, deps, { papers: shelf.papers, page });
  };
}

/** The name as a paper prints it, for addresses that spell it in another way ("bjorn orn" for "Björn Örn"). */
function nameAsPrinted({ papers }: PaperPage, key: string): string | undefined {
  return papers.flatMap((paper) => paper.authors).find((author) => authorKey(author.name) === key)?.name;
}

/** More categories in one address are a mistake or an attack. */
const maxCategories = 50;

export function categoryRoute(deps: PageDeps) {
  const { db, site } = deps;
  return async (c: Context) => {
    const given = (c.req.param("categories") ?? "").split(/[+\s,]+/).filter(Boolean);
    const categories = [...new Set(given)].slice(0, maxCategories);
    const after = c.req.query("after");
    const format = readFormat(c);
    const options = { after, limit: format ? papersInFile : papersPerPage };
    const shelf = await listPapersByCategories(db, categories, options);
    if (shelf.total === 0) {
      return answerProblem(c, site, {
        title: `No paper here is in ${cutAtCharacter(joinNames(categories), 80) || "this category"}.`,
        remedy: <CategoryHint />,
      });
    }
    if (format)
      return answerPapersFile(c, { db }, { format, name: categories.join(" "), papers: shelf.papers });
    const title = joinNames(categories);
    const page = (
      <ShelfPage
        {...{ site, title, path: links.category(categories), shelf, after }}
        json={links.apiV1("papers", { category: categories.join(",") })}
        feed={`categories/${categories.map(encodeURIComponent).join("+")}`}
        follow={{ kind: "category", values: categories }}
      />
    );
    return answerPapers(c, deps, { papers: shelf.papers, page });
  };
}

function CategoryHint() {
  return (
    <>
      Categories are written as arXiv writes them, several joined by a plus sign:{" "}
      <a href={links.category(["cs.CL", "cs.LG"])}>cs.CL+cs.LG</a>.
    </>
  );
}

function SearchInstead({ words }: { words: string }) {
  return (
    <>
      Names are found as papers print them. <a href={links.search(words.slice(0, 200))}>Search for it</a>{" "}
      instead.
    </>
  );
}

interface ShelfPageProps {
  site: Site;
  title: string;
  path: string;
  shelf: PaperPage;
  after: string | undefined;
  /** Address of the same in our API. */
  json: string;
  /** Name of its feed. */
  feed: string;
  follow: { kind: FollowKind; values: readonly string[] };
}

function ShelfPage({ site, title, path, shelf, after, json, feed, follow }: ShelfPageProps) {
  const total = count(shelf.total, "paper");
  return (
    <Page
      {...{ site, title, path }}
      description={`${title}: ${total}, newest first.`}
      also={{ json, feed: { name: feed, title }, files: path }}
    >
      <PageHeading title={title} note={`${total}, newest first`} />
      <FollowHere {...follow} />
      <Shelf entries={shelf.papers.map((paper) => ({ paper }))} />
      <Pager path={path} after={after} next={shelf.next} />
    </Page>
  );
}
