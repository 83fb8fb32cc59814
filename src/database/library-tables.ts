// The tables of what readers keep: marks, references, follows, settings, keys of private feeds, what was learned.
import type { TableShape } from "./table-shape.ts";

export const libraryTables: Record<string, TableShape> = {
  library_keepers: {
    columns: [
      ["keeper", "text"],
      ["revision", "integer"],
      ["settings", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["keeper"],
  },
  library_marks: {
    columns: [
      ["keeper", "text"],
      ["paper_pk", "integer"],
      ["kind", "text"],
      ["folder", "text"],
      ["marked_at", "text"],
    ],
    primaryKey: ["keeper", "paper_pk", "kind"],
    indexes: [
      { name: "library_marks_kind", columns: ["keeper", "kind", "marked_at"] },
      { name: "library_marks_paper", columns: ["paper_pk"] },
    ],
  },
  library_references: {
    columns: [
      ["keeper", "text"],
      ["reference_key", "text"],
      ["title", "text"],
      ["abstract", "text"],
      ["identifiers", "text"],
      ["folder", "text"],
      ["added_at", "text"],
    ],
    primaryKey: ["keeper", "reference_key"],
  },
  library_follows: {
    columns: [
      ["keeper", "text"],
      ["kind", "text"],
      ["follow_key", "text"],
      ["value", "text"],
      ["followed_at", "text"],
    ],
    primaryKey: ["keeper", "kind", "follow_key"],
  },
  library_feed_keys: {
    columns: [
      ["hash", "text"],
      ["keeper", "text"],
      ["opens", "text"],
      ["created_at", "text"],
    ],
    primaryKey: ["hash"],
    indexes: [{ name: "library_feed_keys_keeper", columns: ["keeper"] }],
  },
  library_tastes: {
    columns: [
      ["keeper", "text"],
      ["revision", "integer"],
      ["learned_with", "text"],
      ["learned_at", "text"],
      ["taste", "text"],
    ],
    primaryKey: ["keeper"],
  },
};
