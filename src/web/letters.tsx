// Letters that are kept on this machine because no mail server is set, for the owner to read; and a test letter, to see where letters go.
import { type Context, Hono } from "hono";
import { mayAs, visitorOf } from "../http/visitor.ts";
import { AppError, formatError } from "../lib/errors.ts";
import { links } from "../links.ts";
import { type KeptLetter, readKeptLetter } from "../mail/kept-letter.ts";
import { findKeptLetter, keptLettersFolder, listKeptLetters } from "../mail/letter-folder.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { letterPolicy } from "./letter-policy.ts";
import { keepPrivate } from "./private-page.ts";
import { mailServerOf, type TestLetter, TestLetterForm } from "./test-letter-form.tsx";

/** Newest letters on the list; each is opened for its subject. */
const mostListed = 100;

export function letterRoutes(deps: PageDeps): Hono {
  const folder = keptLettersFolder(deps.config.dataFolder);
  const routes = new Hono();
  routes.get(links.letters(), async (c) => {
    if (!mayAs(c, "owner")) return answerProblem(c, deps.site, nothingHere);
    keepPrivate(c);
    const address = visitorOf(c).account?.address ?? "";
    return answerPage(c, await listPage({ address, outcome: readOutcome(c.req.query("test")) }));
  });
  routes.post(links.letters(), guardForm(deps), async (c) => {
    if (!mayAs(c, "owner")) return answerProblem(c, deps.site, nothingHere);
    keepPrivate(c);
    const address = ((await readForm(c))?.get("to") ?? "").trim();
    try {
      const { way } = await deps.sendTestLetter(address);
      return c.redirect(`${links.letters()}?test=${way}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return answerPage(c, await listPage({ address, problem: formatError(error) }), 400);
    }
  });
  routes.get(`${links.letters()}/:name`, async (c) => {
    const name = c.req.param("name")!;
    const message = mayAs(c, "owner") ? await findKeptLetter(folder, name) : null;
    if (!message) return answerProblem(c, deps.site, nothingHere);
    keepPrivate(c);
    return answerLetter(c, deps, { name, message });
  });
  return routes;

  async function listPage(test: TestLetter) {
    const names = await listKeptLetters(folder);
    const letters = await readLetters(folder, names.slice(0, mostListed));
    return <ListPage {...{ deps, letters, test }} total={names.length} />;
  }
}

function readOutcome(given: string | undefined): TestLetter["outcome"] {
  return given === "smtp" || given === "folder" ? given : undefined;
}

interface NamedLetter {
  name: string;
  letter: KeptLetter;
}

async function readLetters(folder: string, names: readonly string[]): Promise<NamedLetter[]> {
  const messages = await Promise.all(names.map((name) => findKeptLetter(folder, name)));
  return names.flatMap((name, i) => (messages[i] ? [{ name, letter: readKeptLetter(messages[i]) }] : []));
}

/** ?as=html the HTML part alone, ?as=raw the message, else a page around the text part. */
function answerLetter(c: Context, deps: PageDeps, { name, message }: { name: string; message: Buffer }) {
  const as = c.req.query("as");
  if (as === "raw") return c.text(message.toString("latin1"));
  const letter = readKeptLetter(message);
  if (as !== "html") return answerPage(c, <LetterPage deps={deps} name={name} letter={letter} />);
  c.header("Content-Security-Policy", letterPolicy);
  return c.html(letter.html);
}

interface ListPageProps {
  deps: PageDeps;
  letters: NamedLetter[];
  total: number;
  test: TestLetter;
}

function ListPage({ deps, letters, total, test }: ListPageProps) {
  const note = total > letters.length ? `the newest ${letters.length} of ${total}` : undefined;
  return (
    <Page site={deps.site} title="Letters" current="letter" unlisted>
      <PageHeading title="Letters" note="for the owner alone" />
      <div class="prose">
        <p>
          {deps.config.smtpUrl === null
            ? "No mail server is set (BROADSHEET_SMTP_URL), so letters are kept here instead of being sent."
            : `Letters leave by ${mailServerOf(deps.config.smtpUrl)}; below are those from the time before.`}{" "}
          Nobody but the owner can see them.
        </p>
      </div>
      <TestLetterForm deps={deps} test={test} />
      <SectionHeading title="Kept letters" {...(note ? { note } : {})} />
      {letters.length === 0 ? <p class="prose">There are none yet.</p> : null}
      <ul class="prose">
        {letters.map(({ name, letter }) => (
          <li>
            <p>
              <a href={links.letter(name)}>
                <bdi>{letter.headers.get("subject")}</bdi>
              </a>
              <br />
              to {letter.headers.get("to")}, {letter.headers.get("date")}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  );
}

const shownHeaders = ["From", "To", "Date"];

function LetterPage({ deps, name, letter }: { deps: PageDeps; name: string; letter: KeptLetter }) {
  const subject = letter.headers.get("subject") ?? "";
  return (
    <Page site={deps.site} title={subject} current="letter" unlisted>
      <PageHeading title={<bdi>{subject}</bdi>} />
      <table class="facts">
        <tbody>
          {shownHeaders.map((header) => {
            const value = letter.headers.get(header.toLowerCase());
            return value ? (
              <tr>
                <th scope="row">{header}</th>
                <td>{value}</td>
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
      <p>
        <a href={`${links.letter(name)}?as=html`}>As HTML</a>,{" "}
        <a href={`${links.letter(name)}?as=raw`}>as it was written</a>,{" "}
        <a href={links.letters()}>all kept letters</a>
      </p>
      <pre class="letter">
        <LinkedText text={letter.text} ownUrl={deps.baseUrl()} />
      </pre>
    </Page>
  );
}

/** The text with our own addresses as links, by path, so that they work wherever this page is served. */
function LinkedText({ text, ownUrl }: { text: string; ownUrl: string }) {
  return (
    <>
      {text
        .split(/(https?:\/\/\S+)/)
        .map((piece) =>
          piece.startsWith(`${ownUrl}/`) ? <a href={piece.slice(ownUrl.length)}>{piece}</a> : piece,
        )}
    </>
  );
}
