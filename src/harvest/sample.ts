// The built-in sample: some weeks of real papers and the founding collection, so that a fresh start has something to show.
import { fileURLToPath } from "node:url";
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import { countPapers } from "../papers/papers-store.ts";
import { removeSampleRows, type SampleRemoval } from "../papers/sample-store.ts";
import { importFiles } from "./import.ts";
import type { ImportReport } from "./import-report.ts";
import { findSampleState, saveSampleState } from "./sample-store.ts";

/** Beside package.json; this file is two folders below, in src as in dist. */
const sampleFiles = ["daily.jsonl", "founding.jsonl"].map((name) =>
  fileURLToPath(new URL(`../../sample/${name}`, import.meta.url)),
);

/** True when there are no papers and nobody took the sample out, or when loading it was cut short. */
export async function isSampleWanted(db: Db): Promise<boolean> {
  const state = await findSampleState(db);
  return state === "loading" || (state !== "removed" && (await countPapers(db)) === 0);
}

/** Brings the sample in. Harmless twice. */
export async function loadSample(db: Db, clock: Clock): Promise<ImportReport> {
  await saveSampleState(db, "loading");
  const report = await importFiles(db, { paths: sampleFiles, format: "sample", origin: "sample", clock });
  await saveSampleState(db, "loaded");
  return report;
}

/** Takes the sample out; what other sources say of its papers stays. */
export async function removeSample(db: Db, clock: Clock): Promise<SampleRemoval> {
  return db.transaction().execute(async (trx) => {
    await saveSampleState(trx, "removed");
    return removeSampleRows(trx, clock().toISOString());
  });
}
