// What can be attached instead of called for: a paper and an edition, as text to read.
import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import { listEditionDays } from "../editions/editions.ts";
import { editionOptions } from "../http/edition-options.ts";
import { AppError } from "../lib/errors.ts";
import type { ToolContext } from "./deps.ts";
import { findEdition } from "./list-daily-papers.ts";
import { cut, formatReading, getPaperOf, noticeText, quoted, summarise } from "./paper-shapes.ts";

const mimeType = "text/markdown";
const listedDays = 10;
const completedDays = 20;
const shownPapers = 50;

export function addResources(server: McpServer, context: ToolContext, scope: string): void {
  server.registerResource(
    "paper",
    new ResourceTemplate("paper://{+id}", { list: undefined }),
    { title: "A paper", description: `Title, authors and abstract, by any identifier. ${scope}`, mimeType },
    async (uri, { id }) => read(uri, await paperText(context, textOf(id))),
  );
  server.registerResource(
    "edition",
    new ResourceTemplate("edition://{key}", {
      list: async () => ({ resources: (await latestDays(context, listedDays)).map(describeDay) }),
      complete: { key: async (typed) => await latestDays(context, completedDays, typed) },
    }),
    {
      title: "An edition",
      description: `The page of a day, week or month, in its order. ${scope}`,
      mimeType,
    },
    async (uri, { key }) => read(uri, await editionText(context, textOf(key))),
  );
}

/** As a URI template gives it: perhaps a list, perhaps with escapes. */
function textOf(value: string | string[] | undefined): string {
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError("bad-input", "The address holds a broken escape.");
  }
}

function read(uri: URL, text: string) {
  return { contents: [{ uri: uri.href, mimeType, text }] };
}

export async function paperText(context: ToolContext, id: string): Promise<string> {
  return formatReading(await getPaperOf(context, id), context.baseUrl());
}

async function editionText(context: ToolContext, key: string): Promise<string> {
  const edition = await findEdition(context, key);
  const base = context.baseUrl();
  const lines = edition.items.slice(0, shownPapers).map(({ rank, paper, reason }) => {
    const { title, authors, author_count, url } = summarise(paper, base);
    const others = author_count > authors.length ? " and others" : "";
    const names = quoted(authors.join(", "));
    return `${rank}. ${quoted(title)} — ${names}${others} (${quoted(cut(reason, 120))}) ${url}`;
  });
  const left = edition.items.length - lines.length;
  return [
    `# Broadsheet, ${edition.key}: ${edition.items.length} papers`,
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(left > 0 ? [`${left} more: list_daily_papers goes on.`] : []),
    `(${noticeText})`,
  ].join("\n\n");
}

async function latestDays(context: ToolContext, limit: number, begins = ""): Promise<string[]> {
  const days = await listEditionDays(context.db, editionOptions(context));
  return days
    .filter((day) => day.startsWith(begins))
    .slice(-limit)
    .reverse();
}

function describeDay(day: string) {
  return { uri: `edition://${day}`, name: day, title: `Edition of ${day}`, mimeType };
}
