// Whose things a tool may touch: the reader's own need a token that allows it, or the owner at this machine.
import { AppError } from "../lib/errors.ts";
import type { ToolContext } from "./deps.ts";

/** The keeper's name. Throws AppError "bad-input" with what to do about it. */
export function keeperOf({ caller, baseUrl }: ToolContext): string {
  const { keeper, scopes } = caller;
  if (keeper !== null && (scopes === null || scopes.includes("library"))) return keeper;
  const message =
    keeper === null ? "This needs to know whose library it is." : 'This token does not allow "library".';
  throw new AppError("bad-input", message, {
    remedy: `Connect with a token made on ${baseUrl()}/me that allows the library.`,
  });
}
