// Whose library the pages show.
import type { Context } from "hono";
import { findKeeper } from "../http/keeper.ts";
import { visitorOf } from "../http/visitor.ts";

/** Null for whoever keeps nothing here: visitors without an account, and programs with a token, which have the API. */
export function findPageKeeper(c: Context): string | null {
  return visitorOf(c).scopes === null ? findKeeper(c) : null;
}
