// Who signs in, and what a role may: owner, editor, reader, each with all that the next one has.
import type { Instant } from "../lib/clock.ts";

/** From the least to the most. */
export const roles = ["reader", "editor", "owner"] as const;

export type Role = (typeof roles)[number];

export interface Account {
  id: string;
  /** As letters go to it. */
  address: string;
  /** What "the same address" means (parseAddress). */
  addressKey: string;
  /** True once a letter to the address was answered: only then the address joins the account with a subscription. */
  addressVerified: boolean;
  /** Shown beside what the account does; "" shows nothing. */
  name: string;
  role: Role;
  createdAt: Instant;
}

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** True when `role` has everything `needed` has. */
export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
