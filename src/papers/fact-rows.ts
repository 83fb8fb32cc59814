// When two rows of a paper say the same fact, and what becomes of them: one row, an import's if either was.

/** Columns in which two rows of a table agree that are the same fact. */
export const factKeys = {
  submissions: ["paper_pk", "day", "source"],
  announcements: ["paper_pk", "source", "category", "day"],
  signals: ["paper_pk", "kind", "source", "observed_at"],
} as const;

/** What comes with the sample leaves with it; a row that an import also brought stays. */
export const keepImported = "do update set origin = excluded.origin where excluded.origin = 'import'";

/** The columns in one text; no text that is stored holds NUL. */
export function factKey(row: object, key: readonly PropertyKey[]): string {
  let name = "";
  for (const column of key) name += `${(row as Record<PropertyKey, unknown>)[column]}\0`;
  return name;
}

/**
 * What inserting the rows one after the other would leave of them: of the same facts the first, an import's if any of them
 * is. PostgreSQL refuses to change a row twice in one statement.
 */
export function uniteFacts<Row extends object>(rows: readonly Row[], key: readonly (keyof Row)[]): Row[] {
  const united = new Map<string, Row>();
  for (const row of rows) {
    const name = factKey(row, key);
    const first = united.get(name);
    if (!first) united.set(name, row);
    else if ("origin" in row && row.origin === "import") united.set(name, { ...first, origin: "import" });
  }
  return [...united.values()];
}
