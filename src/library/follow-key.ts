// What can be followed, and when two follows are the same.
import { AppError } from "../lib/errors.ts";
import { authorKey } from "../papers/names.ts";
import { listStems } from "../search/analyzer.ts";
import type { FollowKind } from "./library.ts";

/** As long as a query may be. */
const longestSearch = 2_000;
const longestOther = 200;

/** The follow as it is kept, and its key; throws AppError "bad-input" for what cannot be followed. */
export function keyOfFollow({ kind, value: given }: { kind: FollowKind; value: string }): {
  key: string;
  value: string;
} {
  const value = given
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  const longest = kind === "search" ? longestSearch : longestOther;
  if (value.length > longest)
    throw new AppError("bad-input", `What is followed is at most ${longest} characters long.`);
  const key = keyOf[kind](value);
  if (key === "") throw new AppError("bad-input", `"${value}" says nothing that could be followed.`);
  return { key, value };
}

/** Whether it is among them, however it is written; false for what cannot be followed. */
export function isFollowed(
  follows: readonly { kind: FollowKind; value: string }[],
  { kind, value }: { kind: FollowKind; value: string },
): boolean {
  const key = keyOf[kind](value.normalize("NFC").replace(/\s+/gu, " ").trim());
  return key !== "" && follows.some((follow) => follow.kind === kind && keyOfFollow(follow).key === key);
}

const keyOf: Record<FollowKind, (value: string) => string> = {
  search: (value) => value,
  author: authorKey,
  category: (value) => (/^[A-Za-z][\w.-]*$/.test(value) ? value.toLowerCase() : ""),
  keyword: (value) => listStems(value).join(" "),
};
