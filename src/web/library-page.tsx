// "/me/library": papers that a reader marked, by kind and by folder, and moving them into folders.
import { type Context, Hono } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { listFolders, listMarks, type Mark, type MarkKind, markKinds, setMark } from "../library/library.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPaper, findPapersByPk } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { guardForm, readForm, readTicks } from "./form-body.ts";
import { Field, PostForm, SubmitButton } from "./forms.tsx";
import { answerPapers } from "./keeper-view.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { markStates } from "./mark-acts.ts";
import { keepPrivate } from "./private-page.ts";
import { Shelf } from "./shelf.tsx";
import { count } from "./words.ts";

/** The newest; the file has all. */
const mostShown = 200;

export function libraryRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.library(), (c) => answerLibrary(c, deps));
  routes.post("/me/library/folder", guardForm(deps), async (c) => {
    keepPrivate(c);
    const folder = (await readForm(c))?.get("folder") ?? "";
    for (const id of (await readTicks(c, "paper")).slice(0, mostShown)) {
      const found = await findPaper(deps.db, id);
      if (!found || !("paper" in found)) continue;
      const mark = { paperPk: found.paper.pk, kind: "save", folder } as const;
      await setMark(deps.db, keeperOf(c), mark, deps.clock().toISOString());
    }
    return c.redirect(links.library(folder.trim() === "" ? {} : { folder: folder.trim() }), 303);
  });
  return routes;
}

async function answerLibrary(c: Context, deps: PageDeps) {
  const { db } = deps;
  keepPrivate(c);
  const keeper = keeperOf(c);
  const folder = c.req.query("folder");
  const kind = markKinds.find((each) => each === c.req.query("kind")) ?? "save";
  const filter = { kinds: [kind], limit: mostShown, ...(folder === undefined ? {} : { folder }) };
  const marks = await listMarks(db, keeper, filter);
  const held = await findPapersByPk(
    db,
    marks.map(({ paperPk }) => paperPk),
  );
  const papers = marks.flatMap(({ paperPk }: Mark) => held.get(paperPk) ?? []);
  const props = { deps, kind, folder, papers, folders: await listFolders(db, keeper) };
  return answerPapers(c, deps, { papers, page: <LibraryPage {...props} /> });
}

interface LibraryPageProps {
  deps: PageDeps;
  kind: MarkKind;
  folder: string | undefined;
  papers: readonly Paper[];
  folders: readonly { folder: string; papers: number }[];
}

const titles: Record<MarkKind, string> = {
  save: "Saved",
  later: "To read",
  more: "More like these",
  less: "Less like these",
  hide: "Hidden",
};

function LibraryPage({ deps, kind, folder, papers, folders }: LibraryPageProps) {
  const note = `${papers.length === mostShown ? "the newest " : ""}${count(papers.length, "paper")}`;
  return (
    <Page site={deps.site} title={folder ?? titles[kind]} current="mine" unlisted>
      <PageHeading title={folder ?? titles[kind]} note={note} />
      <nav class="actions" aria-label="What you marked">
        {markKinds.map((each) => (
          <a
            href={links.library({ kind: each })}
            aria-current={each === kind && folder === undefined ? "page" : undefined}
          >
            {markStates[each]}
          </a>
        ))}
        {folders.map((each) => (
          <a
            href={links.library({ folder: each.folder })}
            aria-current={each.folder === folder ? "page" : undefined}
          >
            {each.folder} ({each.papers})
          </a>
        ))}
      </nav>
      {papers.length === 0 ? <NothingMarked /> : <Shelf entries={papers.map((paper) => ({ paper }))} />}
      {kind === "save" && papers.length > 0 ? <Folders papers={papers} folders={folders} /> : null}
    </Page>
  );
}

function NothingMarked() {
  return (
    <p class="prose">
      Nothing yet. Every paper on a list has a word “mark” that opens five buttons;{" "}
      <a href={links.today()}>begin here</a>.
    </p>
  );
}

function Folders({ papers, folders }: Pick<LibraryPageProps, "papers" | "folders">) {
  return (
    <section>
      <SectionHeading title="Put into a folder" />
      <PostForm action="/me/library/folder">
        <ul class="ticks">
          {papers.map(({ id, titleText }) => (
            <li>
              <label dir="auto">
                <input type="checkbox" name="paper" value={id} /> {titleText || id}
              </label>
            </li>
          ))}
        </ul>
        <Field
          name="folder"
          label="Folder"
          maxlength={60}
          hint={`Empty: out of its folder. ${folders.length > 0 ? `There are: ${folders.map((each) => each.folder).join(", ")}.` : ""} A folder can have a feed of its own, on your page.`}
        />
        <SubmitButton>Put them there</SubmitButton>
      </PostForm>
    </section>
  );
}
