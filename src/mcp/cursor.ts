// Cursors of the tools: opaque text that says where a list goes on, checked before it is believed.
import { z } from "zod";
import { AppError } from "../lib/errors.ts";

export const cursorInput = z.string().max(4_000).optional().describe("next_cursor of the answer before");
export const nextCursor = z.string().nullable().describe("Goes on from here; null on the last page");

export function formatCursor(value: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Throws AppError "bad-input" for what is none of these cursors. */
export function parseCursor<T extends z.ZodObject>(text: string, shape: T): z.infer<T> {
  const parsed = shape.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new AppError("bad-input", "This cursor is none of this tool.", {
    remedy: "Give next_cursor of its last answer as it was, or none to begin anew.",
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return null;
  }
}
