// Reads large answers in a thread of its own: a page of OAI-PMH takes a second or two, in which no page would be served.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type AclReading, parseAclCollection } from "../sources/acl-anthology.ts";
import { type OaiAnswer, parseOaiAnswer } from "../sources/arxiv-oai.ts";

/** What each reader makes of a body; all of it can be copied between threads. */
export interface Readings {
  oai: OaiAnswer;
  acl: AclReading;
}

/** Pure readers, by name. */
export const readers: { [K in keyof Readings]: (body: Uint8Array) => Readings[K] } = {
  oai: parseOaiAnswer,
  acl: parseAclCollection,
};

export interface ParseTask {
  reader: keyof Readings;
  body: Uint8Array;
}

/** Less than this is read within some hundredths of a second, sooner than a thread starts. */
export const smallBytes = 128 * 1024;

/** The same as the reader itself gives; a reader that breaks down is an answer that cannot be read. */
export async function parseBeside<K extends keyof Readings>(
  reader: K,
  body: Uint8Array,
): Promise<Readings[K] | { ok: false; kind: "broken"; reason: string }> {
  if (body.byteLength < smallBytes) return readers[reader](body);
  // In src this file ends in .ts, in dist in .js; so does the thread's.
  const program = new URL(`./parse-worker${extname(import.meta.url)}`, import.meta.url);
  const workerData: ParseTask = { reader, body };
  const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (status) => reject(new Error(`the reading thread ended with status ${status}`)));
    });
  } catch (error) {
    return { ok: false, kind: "broken", reason: `it could not be read: ${(error as Error).message}` };
  } finally {
    await worker.terminate();
  }
}
