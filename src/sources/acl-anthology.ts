// The ACL Anthology's own data (data/xml/*.xml): one collection a file, volumes of papers, titles with capitals protected.
import { AppError } from "../lib/errors.ts";
import { parseXml, readXmlParts } from "../lib/xml.ts";
import { childrenOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import type { SourceItem } from "../papers/paper.ts";
import { readAclPaper } from "./acl-paper.ts";
import { readAclVolume } from "./acl-volume.ts";
import { toEntry } from "./entries.ts";
import { isRefusal, type Refusal } from "./fields.ts";
import type { FileFormat } from "./format.ts";

export type AclReading =
  | { ok: true; collection: string; items: SourceItem[]; rejected: string[] }
  | { ok: false; reason: string };

/** The largest collections have some 8 MB. */
const limits = { byteLimit: 64 * 1024 * 1024 };

/** Reads a whole collection. */
export function parseAclCollection(body: string | Uint8Array): AclReading {
  const reading = parseXml(body, limits);
  if (!reading.ok) return reading;
  const collection = collectionOf(reading.root);
  if (collection === null) return { ok: false, reason: `it is no collection but <${reading.root.name}>` };
  const found: AclReading = { ok: true, collection, items: [], rejected: [] };
  for (const volume of childrenOf(reading.root, { name: "volume" })) {
    for (const outcome of readVolume(volume, collection)) {
      if (isRefusal(outcome)) found.rejected.push(outcome.refused);
      else found.items.push(outcome);
    }
  }
  return found;
}

function collectionOf(root: XmlElement): string | null {
  return root.name === "collection" ? (root.attributes.get("id") ?? null) : null;
}

function readVolume(volume: XmlElement, collection: string): (SourceItem | Refusal)[] {
  const about = readAclVolume(volume, collection);
  return childrenOf(volume, { name: "paper" }).map((paper) => readAclPaper(paper, about));
}

/** The same from a file, volume by volume. */
export const aclXml: FileFormat = {
  name: "acl-xml",
  detect: (head) => /<collection\s[^>]*\bid=/.test(head) && head.includes("<volume"),
  async *read(input, { fileName }) {
    let entry = 0;
    for await (const part of readXmlParts(input, limits)) {
      if (!part.ok) throw damaged(fileName, part.reason);
      const collection = collectionOf(part.root);
      if (collection === null) throw damaged(fileName, `it is no collection but <${part.root.name}>`);
      if (part.element.name !== "volume") continue;
      for (const outcome of readVolume(part.element, collection)) {
        entry += 1;
        yield toEntry(entry, outcome);
      }
    }
  },
};

function damaged(fileName: string, reason: string): AppError {
  return new AppError(
    "bad-input",
    `${fileName} cannot be read as a collection of the ACL Anthology: ${reason}.`,
    {
      remedy: "What came before was taken; fetch the file again and repeat the import for the rest.",
    },
  );
}
