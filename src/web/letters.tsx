// Letters that are kept on this machine because no mail server is set: for the owner, at this machine, to read.
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { mayAs } from "../http/visitor.ts";
import { links } from "../links.ts";
import { type KeptLetter, readKeptLetter } from "../mail/kept-letter.ts";
import { findKeptLetter, listKeptLetters } from "../mail/letter-folder.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { letterPolicy } from "./letter-policy.ts";
import { keepPrivate } from "./private-page.ts";

/** Newest letters on the list; each is opened for its subject. */
const mostListed = 100;

export function letterRoutes(deps: PageDeps): Hono {
  const folder = join(deps.config.dataFolder, "letters");
  const routes = new Hono();
  routes.get(links.letters(), async (c) => {
    if (!mayAs(c, "owner")) return answerProblem(c, deps.site, nothingHere);
    keepPrivate(c);
    const names = await listKeptLetters(folder);
    const shown = await readLetters(folder, names.slice(0, mostListed));
    return answerPage(c, <ListPage deps={deps} letters={shown} total={names.length} />);
  });
  routes.get(`${links.letters()}/:name`, async (c) => {
    const name = c.req.param("name")!;
    const message = mayAs(c, "owner") ? await findKeptLetter(folder, name) : null;
    if (!message) return answerProblem(c, deps.site, nothingHere);
    keepPrivate(c);
    return answerLetter(c, deps, { name, message });
  });
  return routes;
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

function ListPage({ deps, letters, total }: { deps: PageDeps; letters: NamedLetter[]; total: number }) {
  const note = total > letters.length ? `the newest ${letters.length} of ${total}` : undefined;
  return (
    <Page site={deps.site} title="Kept letters" current="letter" unlisted>
      <PageHeading title="Kept letters" {...(note ? { note } : {})} />
      <div class="prose">
        <p>
          {deps.config.smtpUrl === null
            ? "No mail server is set (BROADSHEET_SMTP_URL), so letters are kept here instead of being sent."
            : "Letters from the time before a mail server was set."}{" "}
          Only somebody at this machine can see them.
        </p>
        {letters.length === 0 ? <p>There are none yet.</p> : null}
      </div>
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
