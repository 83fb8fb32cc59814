// Lists: which there are, and one in its own order.
import { z } from "@hono/zod-openapi";
import type { DoorDeps } from "../http/deps.ts";
import { links } from "../links.ts";
import { getList, type ListSummary, listLists } from "../papers/lists-store.ts";
import { defineOperation } from "./v1-operation.ts";
import { cursor, limit, nothing, pageOf, paperSchema, presentPapers } from "./v1-words.ts";

const list = z
  .object({
    id: z.string(),
    title: z.string(),
    url: z.url(),
    sourceFile: z.string().describe("What it was read from."),
    createdAt: z.string(),
    papers: z.int().describe("Places on it; a list may name a paper twice."),
  })
  .openapi("List");

const allLists = defineOperation({
  id: "listLists",
  path: "/api/v1/lists",
  tag: "lists",
  summary: "All lists, by title",
  params: nothing,
  query: nothing,
  answer: pageOf(list),
  async handle(deps) {
    const items = (await listLists(deps.db)).map((each) => listOf(deps, each));
    return { items, total: items.length, next: null };
  },
});

const oneList = defineOperation({
  id: "getList",
  path: "/api/v1/lists/{list}",
  tag: "lists",
  summary: "A list with its papers in its own order",
  params: z.strictObject({ list: z.string().max(300).describe("Its id.") }),
  query: z.strictObject({ limit, cursor }),
  answer: pageOf(z.object({ position: z.int(), paper: paperSchema })).extend({ list }),
  async handle(deps, { params, query }) {
    const options = { limit: query.limit, ...(query.cursor === undefined ? {} : { after: query.cursor }) };
    const found = await getList(deps.db, params.list, options);
    const papers = await presentPapers(
      deps,
      found.entries.map(({ paper }) => paper),
    );
    const items = found.entries.map(({ position }, i) => ({ position, paper: papers[i]! }));
    return { items, total: found.total, next: found.next, list: listOf(deps, found) };
  },
});

function listOf({ baseUrl }: DoorDeps, { id, title, sourceFile, createdAt, total }: ListSummary) {
  return { id, title, url: baseUrl() + links.list(id), sourceFile, createdAt, papers: total };
}

export const listOperations = [allLists, oneList];
