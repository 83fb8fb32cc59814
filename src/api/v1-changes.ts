// What changed since: every paper that came, changed or went, in the order of the change numbers.
import { z } from "@hono/zod-openapi";
import { findPapersByPk, listChanges } from "../papers/papers-store.ts";
import { defineOperation } from "./v1-operation.ts";
import { limit, nothing, paperSchema, presentPapers } from "./v1-words.ts";

const change = z.object({
  change: z.int().describe("Its number: grows with every change."),
  id: z.string(),
  gone: z.boolean().describe("The paper is no longer held under this id."),
  movedTo: z.string().nullable().describe("The paper that it became part of."),
  paper: paperSchema.nullable().describe("As it is now; null for one that is gone."),
});

const changes = defineOperation({
  id: "listChanges",
  path: "/api/v1/changes",
  tag: "changes",
  summary: "Everything that changed, in order",
  description:
    "Start with `since=0`, keep `until`, and ask with `since` of it next time. A paper is told once, with its latest change: whatever changed of it (its words, its places on lists, votes and other signals) gives it a new number. A paper that is gone is told as gone.",
  params: nothing,
  query: z.strictObject({
    since: z.coerce
      .number()
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .describe("The `until` of the answer before; 0 at first."),
    limit,
  }),
  answer: z.object({
    items: z.array(change),
    until: z.int().describe("Ask on from here; the same as `since` when nothing changed."),
    more: z.boolean().describe("There may be more already."),
  }),
  async handle(deps, { query, c }) {
    const found = await listChanges(deps.db, query.since, query.limit);
    const held = found.flatMap(({ paper }) => (paper ? [paper] : []));
    const shown = await presentPapers(deps, held);
    const papers = new Map(held.map(({ pk }, i) => [pk, shown[i]!]));
    const gone = found.filter(({ paper }) => paper === null).map(({ pk }) => pk);
    const successors = await findPapersByPk(deps.db, gone);
    const items = found.map(({ changeNumber, pk, id }) => ({
      change: changeNumber,
      id,
      gone: !papers.has(pk),
      movedTo: papers.has(pk) ? null : (successors.get(pk)?.id ?? null),
      paper: papers.get(pk) ?? null,
    }));
    const until = items.at(-1)?.change ?? query.since;
    const more = items.length === query.limit;
    const next = `${deps.baseUrl()}${c.req.path}?since=${until}&limit=${query.limit}`;
    if (more) c.header("Link", `<${next}>; rel="next"`);
    return { items, until, more };
  },
});

export const changeOperations = [changes];
