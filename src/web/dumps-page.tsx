// The dumps: a page that names them, and the files themselves.
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "hono";
import { type DumpFile, dumpsFolderOf, keptDumps, listDumps } from "../harvest/dumps.ts";
import { keepStreaming } from "../http/finish-answer.ts";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { count, formatNumber } from "./words.ts";

export function dumpsRoute({ site, config }: PageDeps) {
  return async (c: Context) => {
    const dumps = await listDumps(dumpsFolderOf(config.dataFolder));
    return answerPage(
      c,
      <Page site={site} title="Dumps" path={links.dumps()} description="The whole bibliography as files.">
        <PageHeading title="Dumps" note="the whole bibliography, for whoever wants all of it" />
        <div class="prose">
          <p>
            Programs that want everything take these and not the pages: they are whole, they are checked, and
            they cost readers nothing. The lines hold everything any source said of a paper, and{" "}
            <code>broadsheet import</code> reads them; the table holds what a citation needs and the abstract.
            Titles and abstracts belong to their authors.
          </p>
          {dumps.length === 0 ? <NoDumps isWanted={config.dumps} /> : null}
        </div>
        {dumps.map(({ day, papers, files }) => (
          <section>
            <SectionHeading title={formatDay(day)} note={count(papers, "paper")} />
            <table class="facts">
              <tbody>
                {files.map((file) => (
                  <DumpRow {...file} />
                ))}
              </tbody>
            </table>
          </section>
        ))}
        {dumps.length === 0 ? null : (
          <div class="prose">
            <p>
              All checksums: <a href={links.dump("SHA256SUMS")}>SHA256SUMS</a>, for <code>sha256sum -c</code>.
              All that is said here, for programs: <a href={links.dump("index.json")}>index.json</a>. The last{" "}
              {keptDumps} are kept.
            </p>
          </div>
        )}
      </Page>,
    );
  };
}

function NoDumps({ isWanted }: { isWanted: boolean }) {
  return (
    <p>
      None has been made here yet.{" "}
      {isWanted
        ? "The first comes tonight, while the server runs; "
        : "This Broadsheet makes none by itself; "}
      its owner makes one at once with <code>broadsheet dump</code>.
    </p>
  );
}

function DumpRow({ name, bytes, sha256 }: DumpFile) {
  return (
    <tr>
      <th scope="row">
        <a href={links.dump(name)}>{name}</a>
        <br />
        <code>{sha256}</code>
      </th>
      <td class="size">{formatSize(bytes)}</td>
    </tr>
  );
}

function formatSize(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${formatNumber(Math.round(bytes / 1e6))} MB`;
}

/** "/dumps/{name}": only what the index names. One range is served (RFC 9110, 14.2), so that a download can go on. */
export function dumpRoute({ config }: PageDeps) {
  const folder = dumpsFolderOf(config.dataFolder);
  return async (c: Context) => {
    const name = c.req.param("name") ?? "";
    const files = (await listDumps(folder)).flatMap((dump) => dump.files);
    const file = files.find((each) => each.name === name);
    if (file) return answerDump(c, join(folder, name), file);
    if (files.length === 0 || !Object.hasOwn(textTypes, name)) return c.notFound();
    return c.body(await readFile(join(folder, name), "utf8"), 200, { "Content-Type": textTypes[name]! });
  };
}

const textTypes: Record<string, string> = {
  SHA256SUMS: "text/plain; charset=utf-8",
  "index.json": "application/json",
};

/** Asked again each time, by its checksum: a second dump of a day takes the place of the first. */
function answerDump(c: Context, path: string, { bytes, sha256 }: DumpFile) {
  const tag = `"${sha256}"`;
  c.header("ETag", tag);
  c.header("Accept-Ranges", "bytes");
  c.header("Content-Type", "application/gzip");
  if (c.req.header("If-None-Match")?.includes(tag)) return c.body(null, 304);
  const isSame = (c.req.header("If-Range") ?? tag) === tag;
  const range = isSame ? readRange(c.req.header("Range"), bytes) : null;
  if (range === "impossible") return c.body(null, 416, { "Content-Range": `bytes */${bytes}` });
  const { first, last } = range ?? { first: 0, last: bytes - 1 };
  c.header("Content-Length", String(last - first + 1));
  if (range) c.header("Content-Range", `bytes ${first}-${last}/${bytes}`);
  const status = range ? 206 : 200;
  if (c.req.method === "HEAD") return c.body(null, status);
  keepStreaming(c);
  const stream = Readable.toWeb(createReadStream(path, { start: first, end: last }));
  return c.body(stream as ReadableStream<Uint8Array>, status);
}

type Range = { first: number; last: number } | "impossible" | null;

/** Null, and so the whole file, for no range, several, or what is not written as one. */
export function readRange(header: string | undefined, bytes: number): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (!match || match[0] === "bytes=-") return null;
  const [from, to] = [match[1] as string, match[2] as string];
  if (from === "") {
    const tail = Number(to);
    return tail === 0 ? "impossible" : { first: Math.max(0, bytes - tail), last: bytes - 1 };
  }
  const first = Number(from);
  if (first >= bytes) return "impossible";
  const last = to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return last < first ? null : { first, last };
}
