// All lists, and one list with its papers in its own order.
import type { Context } from "hono";
import { links } from "../links.ts";
import {
  findList,
  type ListPage as ListOfPapers,
  type ListSummary,
  listLists,
} from "../papers/lists-store.ts";
import { cutAtCharacter, toLine } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { answerPapers } from "./keeper-view.tsx";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { answerPapersFile, papersInFile, readFormat } from "./papers-file.ts";
import { Pager, papersPerPage, Shelf } from "./shelf.tsx";
import type { Site } from "./site.ts";
import { count } from "./words.ts";

export function listsRoute({ db, site }: PageDeps) {
  return async (c: Context) => answerPage(c, <ListsPage site={site} lists={await listLists(db)} />);
}

export function listRoute(deps: PageDeps) {
  const { db, site } = deps;
  return async (c: Context) => {
    const id = c.req.param("id") ?? "";
    const after = c.req.query("after");
    const format = readFormat(c);
    const list = await findList(db, id, { after, limit: format ? papersInFile : papersPerPage });
    if (list && format)
      return answerPapersFile(
        c,
        { db },
        { format, name: id, papers: list.entries.map(({ paper }) => paper) },
      );
    if (list)
      return answerPapers(c, deps, {
        papers: list.entries.map(({ paper }) => paper),
        page: <ListPage site={site} list={list} after={after} />,
      });
    return answerProblem(c, site, {
      title: `There is no list “${cutAtCharacter(id, 80)}”.`,
      remedy: (
        <>
          See <a href={links.lists()}>all lists</a>.
        </>
      ),
    });
  };
}

function ListsPage({ site, lists }: { site: Site; lists: readonly ListSummary[] }) {
  return (
    <Page
      site={site}
      title="Lists"
      path={links.lists()}
      current="lists"
      description="Lists of papers that somebody made."
      also={{ json: links.apiV1("lists") }}
    >
      <PageHeading title="Lists" note="listing pages somebody saved, and collections" />
      {lists.length === 0 ? <NoLists /> : null}
      <ol class="shelf">
        {lists.map(({ id, title, sourceFile, total }) => (
          <li>
            <p class="entry entry-title" dir="auto">
              <a href={links.list(id)}>
                <b>{toLine(title)}</b>
              </a>
            </p>
            <span class="entry-venue">{toLine(sourceFile, 60)}</span>
            <span class="entry-date">{count(total, "paper")}</span>
          </li>
        ))}
      </ol>
    </Page>
  );
}

function NoLists() {
  return (
    <p class="prose">
      There is no list yet. One is made of every listing page that is imported:{" "}
      <code>./broadsheet import FILE…</code>
    </p>
  );
}

function ListPage({ site, list, after }: { site: Site; list: ListOfPapers; after: string | undefined }) {
  const title = toLine(list.title);
  return (
    <Page
      site={site}
      title={title}
      path={links.list(list.id)}
      current="lists"
      description={`${title}: ${count(list.total, "paper")}.`}
      also={{
        json: links.apiV1(`lists/${encodeURIComponent(list.id)}`),
        feed: { name: `lists/${encodeURIComponent(list.id)}`, title },
        files: links.list(list.id),
      }}
    >
      <PageHeading
        title={title}
        note={`${count(list.total, "paper")}, from ${toLine(list.sourceFile, 60)}`}
      />
      <Shelf entries={list.entries.map(({ position, paper }) => ({ place: position, paper }))} />
      <Pager path={links.list(list.id)} after={after} next={list.next} />
    </Page>
  );
}
