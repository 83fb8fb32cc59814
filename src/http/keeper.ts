// Whose library a request is about: the account that signed in or whose token it carries, or the owner at this machine.
import type { Context } from "hono";
import { machineKeeper } from "../library/keeper.ts";
import { visitorOf } from "./visitor.ts";

/** Null for whoever keeps nothing here. */
export function findKeeper(c: Context): string | null {
  const { account, role } = visitorOf(c);
  return account?.id ?? (role === "owner" ? machineKeeper : null);
}

/** For routes that the table of access opens to readers only. */
export function keeperOf(c: Context): string {
  return visitorOf(c).account?.id ?? machineKeeper;
}
