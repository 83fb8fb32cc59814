// The page of a reader's taste: what speaks for and against papers, what is followed, what must not count, and the file of it all.
import type { TasteFacts } from "../library/describe-taste.ts";
import type { Follow } from "../library/library.ts";
import type { LibrarySettings } from "../library/settings.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Checkbox, PostForm, SubmitButton } from "./forms.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { formatSigned } from "./score-terms.tsx";
import { FileForm, FollowButton, FollowForm, followLabels, NameForm } from "./taste-start.tsx";
import { count } from "./words.ts";

export interface TastePageProps {
  deps: PageDeps;
  facts: TasteFacts | null;
  settings: LibrarySettings;
  follows: readonly Follow[];
  folders: readonly { folder: string; papers: number }[];
  marks: number;
}

export function TastePage(props: TastePageProps) {
  const { deps, facts, settings } = props;
  const back = links.taste();
  return (
    <Page site={deps.site} title="Your taste" current="mine" unlisted>
      <PageHeading
        title="Your taste"
        note={
          facts
            ? `learned from ${count(facts.positives, "paper")} for and ${facts.negatives} against`
            : "nothing is learned yet"
        }
      />
      <div class="prose">
        <p>
          <a href={links.today()}>Your edition</a> is chosen by this and nothing else.{" "}
          <a href={links.library()}>What you marked</a>: {count(props.marks, "mark")}
          {props.folders.length > 0 ? `, ${count(props.folders.length, "folder")}` : ""}.
        </p>
      </div>
      <Follows {...props} />
      {facts ? <Learned facts={facts} /> : null}
      <Vetoes settings={settings} />
      <section>
        <SectionHeading title="Who you are" />
        <NameForm settings={settings} back={back} />
      </section>
      <Everything />
    </Page>
  );
}

function Follows({ follows }: TastePageProps) {
  return (
    <section>
      <SectionHeading title="What you follow" note={count(follows.length, "thing")} />
      {follows.length > 0 ? (
        <table class="own">
          <tbody>
            {follows.map(({ kind, value }) => (
              <tr>
                <th scope="row">{followLabels[kind].replace(/^An? /, "")}</th>
                <td dir="auto">{value}</td>
                <td>
                  <FollowButton kind={kind} value={value} on back={links.taste()} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <FollowForm back={links.taste()} />
    </section>
  );
}

function Learned({ facts }: { facts: TasteFacts }) {
  return (
    <>
      <section>
        <SectionHeading title="Papers that say most" />
        <table class="own">
          <tbody>
            {facts.papers.map(({ kind, title, weight, veto }) => (
              <tr>
                <th scope="row">{exampleNames[kind] ?? kind}</th>
                <td dir="auto">{title}</td>
                <td>{weight.toFixed(2)}</td>
                <td>
                  <VetoButton of="reasons" value={veto}>
                    Leave out
                  </VetoButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Words title="Words that speak for a paper" words={facts.for} />
      <Words title="Words that speak against" words={facts.against} />
    </>
  );
}

const exampleNames: Record<string, string> = {
  save: "saved",
  later: "to read",
  own: "yours",
  hide: "hidden",
};

function Words({ title, words }: { title: string; words: TasteFacts["for"] }) {
  if (words.length === 0) return null;
  return (
    <section>
      <SectionHeading title={title} note="by the beginnings they are known by" />
      <ul class="word-list">
        {words.map(({ stem, weight }) => (
          <li>
            <span>
              <b>{stem.replace(/^author:/, "by ")}</b> {formatSigned(weight, 3, false)}
            </span>
            {isWord(stem) ? (
              <VetoButton of="words" value={stem}>
                Leave out
              </VetoButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Phrases and names are left out by their words, or by papers. */
function isWord(stem: string): boolean {
  return !/[\s:]/.test(stem);
}

interface VetoButtonProps {
  of: "words" | "reasons";
  value: string;
  on?: boolean;
  children: string;
}

function VetoButton({ of, value, on = true, children }: VetoButtonProps) {
  return (
    <ButtonForm action="/me/taste/veto" fields={{ of, value, on: on ? "yes" : "no" }}>
      {children}
      <span class="unseen">: {value}</span>
    </ButtonForm>
  );
}

/** Kinds of reasons that can be silenced whole. */
const kinds = {
  taste: "what was learned from papers",
  popular: "votes of others",
  outside: "one paper from outside your field",
};

function Vetoes({ settings: { vetoes } }: Pick<TastePageProps, "settings">) {
  const all = [
    ...vetoes.words.map((value) => ({ of: "words" as const, value })),
    ...vetoes.reasons.map((value) => ({ of: "reasons" as const, value })),
  ];
  const free = Object.entries(kinds).filter(([kind]) => !vetoes.reasons.includes(kind));
  return (
    <section>
      <SectionHeading title="What must not count" />
      <ul class="word-list">
        {all.map(({ of, value }) => (
          <li>
            <b dir="auto">{value}</b>
            <VetoButton of={of} value={value} on={false}>
              Count it again
            </VetoButton>
          </li>
        ))}
        {free.map(([kind, words]) => (
          <li>
            <span>{words}</span>
            <VetoButton of="reasons" value={kind}>
              Leave out
            </VetoButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Everything() {
  return (
    <section>
      <SectionHeading title="All of it, as one file" />
      <div class="prose">
        <p>
          <a href={links.tasteFile()}>Take it along</a>: marks, follows, references and what must not count,
          as JSON that this page reads again, here or elsewhere.
        </p>
      </div>
      <FileForm back={links.taste()} replace />
      <PostForm action="/me/taste/reset">
        <Checkbox name="sure" label="I am sure: forget all I marked, followed and brought" />
        <SubmitButton>Empty it</SubmitButton>
      </PostForm>
    </section>
  );
}
