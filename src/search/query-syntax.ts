// What a query says, as a tree: the parser's result, before any word is stemmed or looked up.

/** Fields whose text is searched; their order is that of the fields in scoring.ts. */
export const textFields = ["title", "abstract", "author"] as const;
export type TextField = (typeof textFields)[number];

/** Columns that hold names. */
export const labelFields = ["venue", "category", "source", "list"] as const;
export type LabelField = (typeof labelFields)[number];

/** A condition on what is kept beside the text of a paper. */
export type ColumnTest =
  | { kind: "years"; from: number; to: number }
  /** Days as packDay gives them. */
  | { kind: "days"; from: number; to: number; text: string }
  | { kind: "label"; field: LabelField; value: string }
  | { kind: "code" }
  | { kind: "library" }
  | { kind: "id"; id: string };

export type QueryNode =
  /** `beginning`: the word may be unfinished. */
  | { kind: "word"; text: string; field: TextField | null; beginning: boolean }
  | { kind: "phrase"; text: string; field: TextField | null }
  | { kind: "column"; test: ColumnTest }
  | { kind: "like"; id: string; at: number }
  | { kind: "not"; part: QueryNode }
  | { kind: "all"; parts: QueryNode[] }
  | { kind: "any"; parts: QueryNode[] };

/** What did not parse: where (UTF-16 units from the start) and, for people, why. */
export interface QueryProblem {
  message: string;
  at: number;
}

export interface QueryTree {
  parts: QueryNode[];
  /** The first; what it concerns was read as plain words. */
  problem: QueryProblem | null;
}

export const latestYear = 9999;

/** A day as a number that rises with time; month and day are 0 where only the year (and month) is known. */
export function packDay(year: number, month: number, day: number): number {
  return (year << 9) | (month << 5) | day;
}

/** "2026-05-12"; a day of which only the year is known is its first. */
export function formatPackedDay(packed: number): string {
  const year = String(packed >> 9).padStart(4, "0");
  const [month, day] = [(packed >> 5) & 15, packed & 31].map((part) => String(part || 1).padStart(2, "0"));
  return `${year}-${month}-${day}`;
}
