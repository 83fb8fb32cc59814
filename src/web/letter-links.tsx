// The private pages of one letter: its web copy, and "more", "less", "save" said to one paper. Opening a link changes nothing;
// the button does. No sign-in: the signature of the link is the authority, and for nothing else.
import { type Context, Hono } from "hono";
import { renderDigestHtml } from "../digest/digest-html.tsx";
import { findLetterCopy, findLetterMark, type LetterMark, sayLetterMark } from "../digest/letter-links.ts";
import type { MarkAct } from "../digest/letter-pass.ts";
import { links } from "../links.ts";
import { joinPieces } from "../mail/letter.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { ButtonForm, PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page } from "./layout.tsx";
import { letterPolicy } from "./letter-policy.ts";
import { keepPrivate } from "./private-page.ts";

export function letterLinkRoutes(deps: PageDeps): Hono {
  const { db, site, clock } = deps;
  const routes = new Hono();
  routes.get(links.letterCopy(":pass"), async (c) => {
    keepPrivate(c);
    const copy = await findLetterCopy(deps, c.req.param("pass")!);
    if (!copy) return answerProblem(c, site, nothingHere);
    c.header("Content-Security-Policy", letterPolicy);
    return c.html(joinPieces(renderDigestHtml(copy)));
  });
  const path = links.letterMark(":pass");
  routes.get(path, async (c) => {
    const mark = await find(c);
    return mark
      ? answerPage(c, <AskPage {...{ deps, mark }} pass={c.req.param("pass")!} />)
      : answerProblem(c, site, nothingHere);
  });
  routes.post(path, guardForm(deps), async (c) => {
    const mark = await find(c);
    if (!mark) return answerProblem(c, site, nothingHere);
    const undo = (await readForm(c))?.get("undo") === "yes";
    await sayLetterMark(db, mark, { now: clock().toISOString(), undo });
    return answerPage(c, <SaidPage {...{ deps, mark, undo }} pass={c.req.param("pass")!} />);
  });
  return routes;

  function find(c: Context): Promise<LetterMark | null> {
    keepPrivate(c);
    return findLetterMark(db, c.req.param("pass") ?? "");
  }
}

const words: Record<MarkAct, { ask: string; button: string; said: string }> = {
  more: {
    ask: "More like this?",
    button: "More like this",
    said: "Your letters will hold more papers like this one.",
  },
  less: {
    ask: "Less like this?",
    button: "Less like this",
    said: "Your letters will hold fewer papers like this one.",
  },
  save: {
    ask: "Save this paper?",
    button: "Save it",
    said: "It is in your library, and your letters will hold more papers like it.",
  },
};

interface MarkPageProps {
  deps: PageDeps;
  mark: LetterMark;
  pass: string;
}

function AskPage({ deps, mark, pass }: MarkPageProps) {
  const { ask, button } = words[mark.pass.act];
  return (
    <Page site={deps.site} title={ask} current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">{ask}</h1>
        <PaperLink mark={mark} />
      </div>
      <PostForm action={links.letterMark(pass)}>
        <SubmitButton>{button}</SubmitButton>
      </PostForm>
    </Page>
  );
}

function SaidPage({ deps, mark, pass, undo }: MarkPageProps & { undo: boolean }) {
  const { said, button } = words[mark.pass.act];
  return (
    <Page site={deps.site} title={undo ? "Taken back" : "Noted"} current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">{undo ? "Taken back" : "Noted"}</h1>
        <PaperLink mark={mark} />
        <p role="status">{undo ? "It counts no more." : said}</p>
      </div>
      <div class="form">
        <ButtonForm action={links.letterMark(pass)} fields={undo ? {} : { undo: "yes" }}>
          {undo ? button : "Take it back"}
        </ButtonForm>
      </div>
    </Page>
  );
}

function PaperLink({ mark: { paper } }: { mark: LetterMark }) {
  return (
    <p>
      <a href={links.paper(paper.id)}>
        <bdi>{paper.title}</bdi>
      </a>
    </p>
  );
}
