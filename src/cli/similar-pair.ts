// A line of "similar --pairs": a text and the candidates to rank beside it.
import { AppError } from "../lib/errors.ts";
import type { PaperText } from "../search/search.ts";

export interface Pair {
  query: PaperText;
  candidates: (PaperText & { id: string | number })[];
}

/** Throws AppError "bad-input" that says what is wrong. Missing titles and abstracts are empty ones. */
export function parsePair(line: string): Pair {
  const given = parseJson(line);
  if (!isRecord(given) || !isRecord(given.query)) throw wrong('"query" is no object with title and abstract');
  if (!Array.isArray(given.candidates)) throw wrong('"candidates" is no list');
  const candidates = given.candidates.map((candidate: unknown, i) => {
    if (!isRecord(candidate)) throw wrong(`candidate ${i + 1} is no object`);
    const { id } = candidate;
    if (typeof id !== "string" && typeof id !== "number") throw wrong(`candidate ${i + 1} has no id`);
    return { id, ...readText(candidate, `candidate ${i + 1}`) };
  });
  return { query: readText(given.query, "the query"), candidates };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw wrong("it is no JSON");
  }
}

function readText(given: Record<string, unknown>, owner: string): PaperText {
  const { title = "", abstract = "" } = given;
  // Lists of real papers write null where they have no abstract.
  const [words, sentences] = [title ?? "", abstract ?? ""];
  if (typeof words !== "string" || typeof sentences !== "string")
    throw wrong(`title and abstract of ${owner} must be text`);
  return { title: words, abstract: sentences };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(what: string): AppError {
  return new AppError("bad-input", `The line cannot be read: ${what}.`);
}
