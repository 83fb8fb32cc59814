// What a button of marks sends, and what was done in words: "save ID", "unsave ID", "restore MARKS ID". Pure.
import { z } from "zod";
import { type Mark, type MarkKind, markKinds } from "../library/library.ts";

export type KeptMark = Pick<Mark, "kind" | "folder">;

export type MarkAct =
  | { does: "set" | "remove"; kind: MarkKind; id: string }
  | { does: "restore"; marks: KeptMark[]; id: string };

const keptMarks = z
  .array(z.strictObject({ kind: z.enum(markKinds), folder: z.string().max(60) }))
  .max(markKinds.length);

/** Null for what no button of ours sends. */
export function parseMarkAct(text: string): MarkAct | null {
  const [, verb = "", rest = ""] = /^(\S+) (.+)$/s.exec(text) ?? [];
  if (verb === "restore") return parseRestore(rest);
  const kind = markKinds.find((each) => verb === each || verb === `un${each}`);
  return kind ? { does: verb === kind ? "set" : "remove", kind, id: rest } : null;
}

function parseRestore(text: string): MarkAct | null {
  const [, packed = "", id = ""] = /^([\w-]+) (.+)$/s.exec(text) ?? [];
  try {
    const json: unknown = JSON.parse(Buffer.from(packed, "base64url").toString());
    const parsed = keptMarks.safeParse(json);
    return parsed.success ? { does: "restore", marks: parsed.data, id } : null;
  } catch {
    return null;
  }
}

/** What puts these marks, and no others, on the paper again. */
export function formatRestore(marks: readonly KeptMark[], id: string): string {
  const kept = marks.map(({ kind, folder }) => ({ kind, folder }));
  return `restore ${Buffer.from(JSON.stringify(kept)).toString("base64url")} ${id}`;
}

/** On the button. */
export const markLabels: Record<MarkKind, string> = {
  save: "Save",
  later: "Read later",
  more: "More",
  less: "Less",
  hide: "Hide",
};

/** Of a paper that has the mark. */
export const markStates: Record<MarkKind, string> = {
  save: "saved",
  later: "to read",
  more: "more",
  less: "less",
  hide: "hidden",
};

const done: Record<MarkKind, [set: string, removed: string]> = {
  save: ["Saved", "No longer saved"],
  later: ["To be read later", "Off the reading list"],
  more: ["More like it", "No more like it than before"],
  less: ["Less like it", "No less like it than before"],
  hide: ["Hidden, and fewer like it", "No longer hidden"],
};

/** "Saved: Attention Is All You Need" */
export function describeAct(act: MarkAct, title: string): string {
  if (act.does === "restore") return `As it was: ${title}`;
  return `${done[act.kind][act.does === "set" ? 0 : 1]}: ${title}`;
}
