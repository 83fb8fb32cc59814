// The options that the commands of search have in common, read and checked.
import { AppError } from "../lib/errors.ts";
import type { SearchMode, SearchSort } from "../search/search.ts";
import type { CommandInput } from "./command.ts";

type Given = CommandInput["values"][string];

export const maxLimit = 1_000;
const modes: readonly SearchMode[] = ["auto", "words", "meaning"];
const sorts: readonly SearchSort[] = ["relevance", "newest", "votes", "trending"];

/** Throws AppError "bad-usage" for anything but a whole number from 1 to `maxLimit`. */
export function readLimit(given: Given, usual: number): number {
  if (given === undefined) return usual;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxLimit) return limit;
  throw new AppError("bad-usage", `--limit takes a whole number from 1 to ${maxLimit}, not "${given}".`);
}

export function readMode(given: Given): SearchMode {
  return readName("--mode", given ?? "auto", modes);
}

export function readSort(given: Given): SearchSort {
  return readName("--sort", given ?? "relevance", sorts);
}

function readName<T extends string>(option: string, given: Given, names: readonly T[]): T {
  const name = names.find((candidate) => candidate === given);
  if (name) return name;
  throw new AppError("bad-usage", `${option} takes ${names.join(", ")}; not "${given}".`);
}
