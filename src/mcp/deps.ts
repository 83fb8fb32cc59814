// What the tools are given: the services of the program, and for whom they work.
import type { Scope } from "../accounts/access-tokens-store.ts";
import type { DoorDeps } from "../http/deps.ts";

export type McpDeps = Pick<
  DoorDeps,
  "db" | "search" | "clock" | "config" | "log" | "editions" | "newPapers" | "featureReader" | "baseUrl"
> & {
  /** Resolves once search holds what the database held when it was asked. */
  ready(): Promise<void>;
};

/** For whom a request is answered. */
export interface Caller {
  /** Whose library it is; null: nobody's, who reads what everybody may. */
  keeper: string | null;
  /** What his token allows; null: he came without one, and may what he may on the pages. */
  scopes: readonly Scope[] | null;
}

export interface ToolContext extends McpDeps {
  caller: Caller;
}
