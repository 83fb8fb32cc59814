// The page shown without a network for what the browser has not kept.
import type { Context } from "hono";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page } from "./layout.tsx";

export function offlineRoute({ site }: PageDeps) {
  return (c: Context) =>
    answerPage(
      c,
      <Page site={site} title="No network" unlisted>
        <div class="prose">
          <h1 class="statement">No network</h1>
          <p>
            This page has not been kept on this device. The editions you looked at last are:{" "}
            <a href={links.front()}>today’s</a>, and those of the days, weeks and months you opened.
          </p>
          <p>Try again when the network is back.</p>
        </div>
      </Page>,
    );
}
