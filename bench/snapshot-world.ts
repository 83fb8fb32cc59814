// Writes a snapshot of arXiv's metadata as large as the real one, of papers that nobody wrote:
//   node bench/snapshot-world.ts --records 3000000 --seed 1 --out /tmp/snapshot.jsonl.gz
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { ByteSheet } from "./snapshot-bytes.ts";
import { createDraw } from "./snapshot-draw.ts";
import { listMonths } from "./snapshot-months.ts";
import { writeRecord } from "./snapshot-record.ts";
import { createBits, createLanguage } from "./snapshot-words.ts";

export interface SnapshotOptions {
  records: number;
  /** The same seed and number of records make the same bytes. */
  seed: number;
}

/** A piece is handed on when it holds so much; the sheet has room for the longest record beside (3,000 authors). */
const pieceBytes = 1 << 20;
const sheetBytes = pieceBytes + (1 << 20);

/** The file in pieces of about a megabyte, each of whole lines. */
export function* generateSnapshot({ records, seed }: SnapshotOptions): Generator<Uint8Array> {
  const bits = createBits(seed + 1);
  const sheet = new ByteSheet(sheetBytes);
  const pen = { sheet, draw: createDraw(bits), language: createLanguage(seed, bits) };
  for (const month of listMonths(records)) {
    for (let number = 1; number <= month.papers; number++) {
      writeRecord(pen, month, number);
      if (sheet.at < pieceBytes) continue;
      yield sheet.bytes.slice(0, sheet.at);
      sheet.at = 0;
    }
  }
  if (sheet.at > 0) yield sheet.bytes.slice(0, sheet.at);
}

/** Writes to `path`, compressed when it ends in .gz. Returns how many bytes of text that was. */
export async function writeSnapshot(path: string, options: SnapshotOptions): Promise<number> {
  let bytes = 0;
  const count = function* () {
    for (const piece of generateSnapshot(options)) {
      bytes += piece.length;
      yield piece;
    }
  };
  const source = Readable.from(count());
  const file = createWriteStream(path);
  await (path.endsWith(".gz") ? pipeline(source, createGzip({ level: 1 }), file) : pipeline(source, file));
  return bytes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: "string", default: "3000000" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: "snapshot.jsonl.gz" },
    },
  });
  const records = Number(values.records);
  if (!Number.isInteger(records) || records < 1)
    throw new Error(`--records takes a number, not "${values.records}".`);
  const startedAt = performance.now();
  const bytes = await writeSnapshot(values.out, { records, seed: Number(values.seed) });
  const seconds = (performance.now() - startedAt) / 1_000;
  const rate = Math.round(records / seconds);
  console.log(
    `${values.out}: ${records} records, ${Math.round(bytes / 1e6)} MB of text, ${seconds.toFixed(1)} s, ${rate} records/s`,
  );
}

if (import.meta.main) await main();
