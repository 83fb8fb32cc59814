// One operation of our own API: what it takes and answers as zod definitions, from which it is validated and documented alike.
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { AppError } from "../lib/errors.ts";

type Shape = z.ZodObject<Record<string, z.ZodType>>;

export interface Operation<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  A extends z.ZodType = z.ZodType,
> {
  /** Name in the document. */
  id: string;
  /** With parameters in braces: "/api/v1/papers/{id}". An id may hold slashes, as they are or encoded. */
  path: string;
  tag: "papers" | "search" | "editions" | "lists" | "ledger" | "changes" | "me";
  summary: string;
  description?: string;
  params: P;
  query: Q;
  answer: A;
  /** What a token must allow; absent: read by everybody. */
  scope?: "library";
  handle(deps: DoorDeps, asked: Asked<P, Q>): Promise<z.input<A>>;
}

export interface Asked<P extends Shape = Shape, Q extends Shape = Shape> {
  params: z.output<P>;
  query: z.output<Q>;
  c: Context;
}

/** Keeps the types of an operation together while it is put in a list with others. */
export function defineOperation<P extends Shape, Q extends Shape, A extends z.ZodType>(
  operation: Operation<P, Q, A>,
): Operation {
  return operation as unknown as Operation;
}

/** What the document says of an operation beside its definitions. */
export interface Example {
  /** The address that was asked. */
  request: string;
  answer: unknown;
}

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong with this request."),
    code: z.string().describe("Stays the same; for programs."),
  })
  .openapi("Problem", { description: "What went wrong (RFC 9457)." });

/** Registers the operation: its route, and what the document says of it. */
export function addOperation(
  app: OpenAPIHono,
  deps: DoorDeps,
  { operation, example }: { operation: Operation; example: Example | undefined },
): void {
  const { path, params, query } = operation;
  app.openAPIRegistry.registerPath(describe(operation, example));
  app.get(path.replace("{id}", ":id{.+}").replaceAll(/\{(\w+)\}/g, ":$1"), async (c) => {
    const asked = {
      params: read(params, c.req.param(), "path"),
      query: read(query, c.req.query(), "query"),
      c,
    };
    if (operation.scope) keepForOne(c);
    const answer = await operation.handle(deps, asked);
    const { next } = answer as { next?: string | null };
    if (next) c.header("Link", `<${nextAddress(deps, c, next)}>; rel="next"`);
    return c.json(answer as object);
  });
}

/** No cache but the reader's own. */
function keepForOne(c: Context): void {
  c.header("Cache-Control", "private, no-cache");
  c.header("Vary", "Authorization, Cookie");
}

function nextAddress({ baseUrl }: DoorDeps, c: Context, cursor: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", cursor);
  return baseUrl() + url.pathname + url.search;
}

/** The first thing that is wrong is told, with the name of its parameter. */
function read(shape: Shape, given: Record<string, string>, where: string): Record<string, unknown> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === "unrecognized_keys") throw strangeParameter(issue.keys[0]!, shape, where);
  throw new AppError(
    "bad-input",
    `The ${where} parameter "${issue.path.join(".")}" is not right: ${issue.message}.`,
  );
}

function strangeParameter(name: string, shape: Shape, where: string): AppError {
  const known = Object.keys(shape.shape).join(", ");
  return new AppError("bad-input", `There is no ${where} parameter "${name.slice(0, 60)}" here.`, {
    remedy:
      known === "" ? "Leave it out: this takes none." : `Leave it out, or write it as one of: ${known}.`,
  });
}

function describe(operation: Operation, example: Example | undefined) {
  const { id, path, tag, summary, description, params, query, answer, scope } = operation;
  const asked = example ? `Example: \`GET ${example.request}\`` : "";
  return {
    method: "get" as const,
    path,
    operationId: id,
    tags: [tag],
    summary,
    description: [description, asked].filter(Boolean).join("\n\n"),
    security: scope ? [byToken] : [{}, byToken],
    request: { params, query },
    responses: {
      200: {
        description: "The answer.",
        headers: commonHeaders,
        content: { "application/json": { schema: answer, ...(example ? { example: example.answer } : {}) } },
      },
      304: { description: "Not changed since the ETag of If-None-Match." },
      default: {
        description: "A problem.",
        content: { "application/problem+json": { schema: problemSchema } },
      },
    },
  };
}

const byToken: Record<string, string[]> = { token: [] };

const text = { schema: { type: "string" as const } };

const commonHeaders = {
  ETag: { description: "For If-None-Match.", ...text },
  Link: { description: 'The address of the next page, rel="next".', ...text },
  "RateLimit-Policy": { description: "Requests (q) in a window of seconds (w).", ...text },
  RateLimit: { description: "Requests left (r), seconds until the window ends (t).", ...text },
};
