// The real corpora as the search engine sees them: read by the formats, folded and cleaned as the bibliography does.
import { openByteStream } from "../../src/lib/byte-stream.ts";
import { foldRecords } from "../../src/papers/merging.ts";
import type { SearchDocument } from "../../src/search/search.ts";
import type { FileFormat } from "../../src/sources/format.ts";

/** The papers of a file without keys; each has the id its source gives it. */
export async function* readDocuments(
  path: string,
  format: FileFormat,
): AsyncGenerator<Omit<SearchDocument, "key">> {
  const stream = await openByteStream(path);
  for await (const entry of format.read(stream, { fileName: path })) {
    if (!entry.ok) continue;
    const [record] = entry.item.records;
    if (!record) continue;
    const { titleText, abstractText, authors } = foldRecords(entry.item.records);
    yield {
      id: record.sourceId,
      title: titleText,
      abstract: abstractText,
      authors: authors.map((author) => author.name),
    };
  }
}
