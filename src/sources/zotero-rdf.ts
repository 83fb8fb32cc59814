// Zotero's RDF export: items, and the journals, notes and files they refer to, in any order and each at most once.
import { AppError } from "../lib/errors.ts";
import { readXmlParts } from "../lib/xml.ts";
import { childrenOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { toEntry } from "./entries.ts";
import type { Entry, FileFormat, ReadContext } from "./format.ts";
import { about, dcterms, isZoteroItem, rdf, readZoteroItem, resourceOf } from "./zotero-item.ts";

/** A whole library of 20,000 items takes some 80 MB; what a small archive unpacks to beyond this is no library. */
const limits = { byteLimit: 256 * 1024 * 1024, elementLimit: 200_000 };
/** Journals and items waiting for theirs; an export puts them next to each other. */
const mostHeld = 100_000;

export const zoteroRdf: FileFormat = {
  name: "zotero-rdf",
  detect: (head) => head.includes("<rdf:RDF") && head.includes("http://www.zotero.org/namespaces/export#"),
  read: readItems,
};

async function* readItems(
  input: AsyncIterable<Uint8Array>,
  { fileName }: ReadContext,
): AsyncGenerator<Entry> {
  const containers = new Map<string, XmlElement>();
  const waiting: XmlElement[] = [];
  let entry = 0;
  for await (const part of readXmlParts(input, limits)) {
    if (!part.ok) throw damaged(fileName, part.reason);
    if (part.root.name !== "RDF" || part.root.namespace !== rdf("RDF").namespace)
      throw damaged(fileName, `it is no RDF but <${part.root.name}>`);
    const { element } = part;
    const name = element.attributes.get(about);
    if (!isZoteroItem(element)) {
      if (name !== undefined && containers.size < mostHeld) containers.set(name, element);
      continue;
    }
    if (lacksContainer(element, containers) && waiting.length < mostHeld) {
      waiting.push(element);
      continue;
    }
    entry += 1;
    yield toEntry(entry, readZoteroItem(element, containers));
  }
  for (const element of waiting) {
    entry += 1;
    yield toEntry(entry, readZoteroItem(element, containers));
  }
}

/** True while the journal it names was not seen; it may come later. */
function lacksContainer(element: XmlElement, containers: ReadonlyMap<string, XmlElement>): boolean {
  return childrenOf(element, dcterms("isPartOf")).some((part) => {
    const resource = resourceOf(part);
    return resource !== undefined && !containers.has(resource);
  });
}

function damaged(fileName: string, reason: string): AppError {
  return new AppError("bad-input", `${fileName} cannot be read as Zotero's RDF: ${reason}.`, {
    remedy: "What came before was taken; export the library again and repeat the import for the rest.",
  });
}
