// Whose library the pages show: the account that signed in, or the owner at this machine.
import type { Context } from "hono";
import { visitorOf } from "../http/visitor.ts";
import { machineKeeper } from "../library/keeper.ts";

/** Null for whoever keeps nothing here: visitors without an account, and programs with a token, which have the API. */
export function findKeeper(c: Context): string | null {
  const { account, role, scopes } = visitorOf(c);
  if (scopes !== null || role === "anonymous") return null;
  return account?.id ?? machineKeeper;
}

/** For routes that the table of access opens to readers only, and to no token. */
export function keeperOf(c: Context): string {
  return visitorOf(c).account?.id ?? machineKeeper;
}
