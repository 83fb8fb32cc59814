// Every real answer of an archive that lies in the shared folder is read by the adapter it is meant for, none is left over.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { parseAclCollection } from "./acl-anthology.ts";
import { parseArxivQuery } from "./arxiv-atom.ts";
import { parseArxivListing } from "./arxiv-listing.ts";
import { parseOaiAnswer } from "./arxiv-oai.ts";
import { parseArxivRss } from "./arxiv-rss.ts";
import { arxivSnapshot } from "./arxiv-snapshot.ts";
import { parseBiorxivAnswer } from "./biorxiv.ts";
import { parseFeed } from "./feed.ts";
import { parseHubAnswer } from "./hub-api.ts";

const root = "fixtures";
const samples = sharedSamples(root, "real answers of the archives");

type Reading = { papers: number; rejected: number } | { refusal: string };

async function readSnapshot(body: Uint8Array): Promise<Reading> {
  async function* stream() {
    yield body;
  }
  let [papers, rejected] = [0, 0];
  for await (const entry of arxivSnapshot.read(stream(), { fileName: "x.jsonl" })) {
    if (entry.ok) papers += 1;
    else rejected += 1;
  }
  return { papers, rejected };
}

function readOai(body: Uint8Array): Reading {
  const answer = parseOaiAnswer(body);
  if (!answer.ok) return { refusal: answer.kind === "protocol" ? answer.code : answer.reason };
  const refused = answer.records.filter(({ record }) => record === null).length;
  const about = answer.sets.length + answer.prefixes.length + (answer.identity ? 1 : 0);
  return { papers: answer.records.length + answer.headers.length + about - refused, rejected: refused };
}

function readList(
  reading: { ok: boolean } & Partial<Record<"items" | "entries" | "rejected", unknown[]>>,
): Reading {
  if (!reading.ok) return { refusal: JSON.stringify(reading).slice(0, 200) };
  return { papers: (reading.items ?? reading.entries ?? []).length, rejected: reading.rejected?.length ?? 0 };
}

function readListing(body: Uint8Array): Reading {
  const reading = parseArxivListing(body, "cs.AI");
  if (!reading.ok) return { refusal: reading.reason };
  const sections = reading.listing.sections;
  return {
    papers: sections.flatMap(({ entries }) => entries).length,
    rejected: sections.flatMap(({ rejected }) => rejected).length,
  };
}

const hubRequest = { url: "https://huggingface.co/api/daily_papers", observedAt: "2026-08-01T00:00:00.000Z" };

/** By path, the first that fits. Null: no answer of an archive. */
const readers: [RegExp, ((body: Uint8Array) => Reading | Promise<Reading>) | null][] = [
  [/\.headers$|^arxiv\/abs\//, null],
  [/^arxiv\/oai\//, readOai],
  [/^arxiv\/.*\.jsonl$/, readSnapshot],
  [/^arxiv\/listing/, readListing],
  [/^arxiv\/atom_query/, (body) => readList(parseArxivQuery(body))],
  [/^arxiv\/rss/, (body) => readList(parseArxivRss(body))],
  [/^hf\//, (body) => readList(parseHubAnswer(body, null, hubRequest))],
  [/^biorxiv\//, (body) => readList(parseBiorxivAnswer(body, "biorxiv"))],
  [/^acl\//, (body) => readList(parseAclCollection(body))],
  [/^feeds\//, (body) => readList(parseFeed(body, "https://journal.test/feed"))],
];

const archives = ["arxiv", "hf", "biorxiv", "acl", "feeds"];

function listFiles(): string[] {
  const place = join(process.env.BROADSHEET_SHARED ?? "../shared", root);
  return archives
    .flatMap((archive) =>
      readdirSync(join(place, archive), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1)),
    )
    .sort();
}

describe.skipIf(samples.missing)("real answers", () => {
  test("each file is read to its end, none of its papers refused; what the archive refuses is read as its refusal", async () => {
    const files = listFiles();
    expect(files.length).toBeGreaterThan(85);
    const nobodys = files.filter((file) => !readers.some(([pattern]) => pattern.test(file)));
    expect(nobodys).toEqual([]);
    const odd: [string, Reading][] = [];
    for (const file of files) {
      const read = readers.find(([pattern]) => pattern.test(file))![1];
      if (read === null) continue;
      const reading = await read(samples.bytes(file));
      const isRefusal = /\/err_/.test(file);
      const fine =
        "refusal" in reading
          ? isRefusal
          : reading.rejected === 0 && (reading.papers > 0 || /empty/.test(file));
      if (!fine || isRefusal !== "refusal" in reading) odd.push([file, reading]);
    }
    expect(odd).toEqual([
      // The set had nothing in those days; and a feed made by hand, with an entry without a title.
      ["arxiv/oai/ListRecords_arXivRaw_hepph.xml", { refusal: "noRecordsMatch" }],
      ["arxiv/rss_cs_CL.xml", { papers: 4, rejected: 1 }],
    ]);
  });
});
