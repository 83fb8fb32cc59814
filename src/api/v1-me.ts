// What is one reader's own: marks, follows, the whole library as a document, and the issues of the letter. With a token that
// allows "library", or signed in.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listDeliveriesTo } from "../digest/deliveries-store.ts";
import { readIssuePayload } from "../digest/payload.ts";
import { findSubscriberByKey } from "../digest/subscribers-store.ts";
import type { DoorDeps } from "../http/deps.ts";
import { keeperOf } from "../http/keeper.ts";
import { visitorOf } from "../http/visitor.ts";
import { AppError } from "../lib/errors.ts";
import { exportLibrary } from "../library/document.ts";
import { documentSchema } from "../library/document-schema.ts";
import { followKinds, listFollows, listMarks, type Mark, markKinds } from "../library/library.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { defineOperation } from "./v1-operation.ts";
import { cursor, limit, nothing, pageOf, paperSchema, presentHits } from "./v1-words.ts";

const marks = defineOperation({
  id: "listMarks",
  path: "/api/v1/me/marks",
  tag: "me",
  scope: "library",
  summary: "Papers you marked, the latest first",
  params: nothing,
  query: z.strictObject({
    kind: z.enum(markKinds).optional(),
    folder: z.string().max(200).optional().describe("Of what is saved."),
    limit,
    cursor,
  }),
  answer: pageOf(
    z.object({ kind: z.enum(markKinds), folder: z.string(), markedAt: z.string(), paper: paperSchema }),
  ),
  async handle(deps, { query, c }) {
    const { kind, folder } = query;
    const filter = { ...(kind ? { kinds: [kind] } : {}), ...(folder === undefined ? {} : { folder }) };
    const all = await listMarks(deps.db, keeperOf(c), filter);
    const rest = all.slice(placeAfter(all, query.cursor));
    const shown = rest.slice(0, query.limit);
    const items = await presentHits(
      deps,
      shown.map((mark) => ({ ...mark, key: mark.paperPk })),
    );
    return {
      items: items.map(({ hit, paper }) => ({
        kind: hit.kind,
        folder: hit.folder,
        markedAt: hit.markedAt,
        paper,
      })),
      total: all.length,
      next: rest.length > shown.length ? cursorOf(shown.at(-1)!) : null,
    };
  },
});

/** "2026-05-12T08:30:00.000Z_17_save" */
function cursorOf({ markedAt, paperPk, kind }: Mark): string {
  return `${markedAt}_${paperPk}_${kind}`;
}

/** Of a mark that was taken back meanwhile the page begins again where its time would stand. */
function placeAfter(all: readonly Mark[], given: string | undefined): number {
  if (given === undefined) return 0;
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_\d+_[a-z]+$/.exec(given);
  if (!match) throw new AppError("bad-input", `"${given.slice(0, 40)}" is no place to go on from.`);
  const at = all.findIndex((mark) => cursorOf(mark) === given);
  if (at >= 0) return at + 1;
  const older = all.findIndex((mark) => mark.markedAt < match[1]!);
  return older < 0 ? all.length : older;
}

const follows = defineOperation({
  id: "listFollows",
  path: "/api/v1/me/follows",
  tag: "me",
  scope: "library",
  summary: "What you follow, in the order you began to",
  params: nothing,
  query: nothing,
  answer: pageOf(z.object({ kind: z.enum(followKinds), value: z.string(), followedAt: z.string() })),
  async handle({ db }, { c }) {
    const items = await listFollows(db, keeperOf(c));
    return { items, total: items.length, next: null };
  },
});

const library = defineOperation({
  id: "getLibrary",
  path: "/api/v1/me/library",
  tag: "me",
  scope: "library",
  summary: "Everything you keep and what your taste is learned from, as one document",
  description: "The document that `broadsheet library import` and the page of your library read.",
  params: nothing,
  query: nothing,
  answer: documentSchema,
  handle: ({ db, clock }, { c }) => exportLibrary(db, keeperOf(c), clock().toISOString()),
});

const issues = defineOperation({
  id: "listIssues",
  path: "/api/v1/me/issues",
  tag: "me",
  scope: "library",
  summary: "The issues of your letter, the latest first",
  description: "Of the address of your account, where it is confirmed and subscribed; nothing otherwise.",
  params: nothing,
  query: z.strictObject({ limit }),
  answer: pageOf(
    z.object({
      issue: z.string().describe("The day it is of."),
      state: z.enum(["due", "claimed", "sent", "failed", "dropped"]),
      sentAt: z.string().nullable(),
      papers: z.array(z.object({ id: z.string(), title: z.string(), part: z.string() })),
    }),
  ),
  async handle(deps, { query, c }) {
    const sent = await listIssues(deps, c);
    const shown = sent.slice(0, query.limit);
    const payloads = shown.map(({ payload }) => readIssuePayload(payload));
    const pks = payloads.flatMap(({ papers }) => papers.map(({ pk }) => pk));
    const held = await findPapersByPk(deps.db, [...new Set(pks)]);
    const items = shown.map(({ issue, state, sent_at }, i) => ({
      issue,
      state,
      sentAt: sent_at,
      papers: payloads[i]!.papers.flatMap(({ pk, part }) => {
        const paper = held.get(pk);
        return paper ? [{ id: paper.id, title: paper.titleText, part }] : [];
      }),
    }));
    return { items: items as never, total: sent.length, next: null };
  },
});

/** As many as a year has. */
const mostIssues = 400;

async function listIssues({ db }: DoorDeps, c: Context) {
  const { account } = visitorOf(c);
  const subscriber = account?.addressVerified ? await findSubscriberByKey(db, account.addressKey) : undefined;
  if (!subscriber || subscriber.confirmed_at === null) return [];
  const all = await listDeliveriesTo(db, subscriber.pk, mostIssues);
  return all.filter(({ kind }) => kind === "digest");
}

export const meOperations = [marks, follows, library, issues];
