// What programs of the hub may ask, and within which limits: the same names, defaults and refusals.
import type { Context } from "hono";
import { z } from "zod";
import type { EditionKind } from "../editions/edition.ts";
import { type Period, padEditionKey, parseEditionKey } from "../editions/edition-key.ts";

const page = z.coerce.number().int().min(0).default(0);
const upTo = (most: number) => z.coerce.number().int().min(1).max(most);

function key(kind: EditionKind) {
  return z.string().transform((text, context): Period => {
    const period = parseEditionKey(padEditionKey(text));
    if (period?.kind === kind) return period;
    context.addIssue({ code: "custom", message: `Invalid ${kind === "day" ? "date" : kind}` });
    return z.NEVER;
  });
}

export const dailyParams = z.object({
  date: key("day").optional(),
  week: key("week").optional(),
  month: key("month").optional(),
  submitter: z.string().min(1).max(200).optional(),
  sort: z.enum(["publishedAt", "trending"]).default("publishedAt"),
  p: page,
  limit: upTo(100).default(50),
});

export const searchParams = z.object({ q: z.string().max(250), limit: upTo(120).default(120) });

export const listParams = z.object({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, "Invalid cursor")
    .transform(Number)
    .optional(),
  limit: upTo(100).default(50),
});

export type DailyParams = z.infer<typeof dailyParams>;

/** The parameters, or why they are refused: the first reason, in the words of the hub (which are those of zod). */
export function readParams<T>(c: Context, schema: z.ZodType<T>): { params: T } | { refused: string } {
  const given = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return { params: parsed.data };
  return { refused: parsed.error.issues[0]?.message ?? "Invalid input" };
}
