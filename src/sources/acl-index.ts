// Which collections the ACL Anthology has: a tree of its repository (GitHub's API), or any page that links to the files.
import { isFields } from "./fields.ts";

/** A collection's file: "2023.nlposs", "P19". */
export interface AclFile {
  collection: string;
  /** Changes with the file; absent where the list does not say. */
  fingerprint?: string;
}

export type AclIndex = { ok: true; files: AclFile[] } | { ok: false; reason: string };

/** There are some fifteen hundred. */
const mostFiles = 20_000;
const fileName = /^([A-Za-z0-9][A-Za-z0-9._-]{0,80})\.xml$/;

/** Reads {"tree": [{path, sha}]}, [{name, sha}] (GitHub), or HTML with links; in the order of their names, each once. */
export function parseAclIndex(body: Uint8Array): AclIndex {
  const text = new TextDecoder().decode(body);
  const rows = rowsOf(text);
  if (rows === "cut") return { ok: false, reason: "the list says itself that it is cut" };
  const files = new Map<string, AclFile>();
  for (const { name, sha } of rows ?? linksOf(text)) {
    const collection = fileName.exec(name)?.[1];
    if (collection === undefined || files.size >= mostFiles) continue;
    files.set(collection, { collection, ...(sha === undefined ? {} : { fingerprint: sha }) });
  }
  if (files.size === 0) return { ok: false, reason: "it names no collection" };
  return { ok: true, files: [...files.values()].sort((a, b) => (a.collection < b.collection ? -1 : 1)) };
}

interface Named {
  name: string;
  sha?: string;
}

function rowsOf(text: string): Named[] | "cut" | null {
  const answer = parseJson(text);
  if (isFields(answer) && answer.truncated === true) return "cut";
  const rows = isFields(answer) ? answer.tree : answer;
  if (!Array.isArray(rows)) return null;
  return rows.filter(isFields).flatMap(({ name, path, sha }) => {
    const named = typeof name === "string" ? name : path;
    if (typeof named !== "string") return [];
    return [{ name: named, ...(typeof sha === "string" ? { sha: sha.slice(0, 80) } : {}) }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A folder as web servers show it; the last part of each address is the file's name. */
function linksOf(text: string): Named[] {
  return [...text.matchAll(/\bhref\s*=\s*["']?([^"'\s>]{1,500})/gi)].map(([, address = ""]) => ({
    name: address.split(/[?#]/)[0]!.split("/").at(-1)!,
  }));
}

/** "2023.nlposs" is of 2023, "P19" of 2019, "P79" of 1979; null for a name that tells no year. */
export function yearOfCollection(collection: string): number | null {
  const [, full, short] = /^(?:(\d{4})\.|[A-Z](\d\d)$)/.exec(collection) ?? [];
  if (full !== undefined) return Number(full);
  if (short === undefined) return null;
  return Number(short) + (Number(short) >= 60 ? 1900 : 2000);
}
