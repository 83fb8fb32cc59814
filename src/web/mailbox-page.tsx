// "Look into your mailbox": what a page says once a letter is on its way. It never tells whether the address is known.
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { Page, type PageProps } from "./layout.tsx";

interface MailboxPageProps {
  deps: PageDeps;
  current: PageProps["current"];
  /** The owner is told where letters are kept while no mail server is set. */
  owner: boolean;
  children: Child;
}

export function MailboxPage({ deps, current, owner, children }: MailboxPageProps) {
  return (
    <Page site={deps.site} title="Look into your mailbox" current={current} unlisted>
      <div class="prose">
        <h1 class="statement">Look into your mailbox</h1>
        <p>{children}</p>
        {owner && deps.config.smtpUrl === null ? (
          <p>
            No mail server is set here: the letter is kept on this machine,{" "}
            <a href={links.letters()}>read it here</a>.
          </p>
        ) : null}
      </div>
    </Page>
  );
}
