// The part of "broadsheet subscribers" that takes lists in and gives them out.
import { readFile } from "node:fs/promises";
import type { App } from "../app.ts";
import { listConsentProofs } from "../digest/consent-proofs-store.ts";
import { importReaders } from "../digest/import-readers.ts";
import {
  formatReaderRow,
  type ListedReader,
  parseReaderList,
  readerTableHeader,
} from "../digest/reader-list.ts";
import { exportReader, getReader, type ReaderExport, readersOf, summarizeReader } from "../digest/readers.ts";
import { sendQueuedLetters } from "../digest/send.ts";
import { letterContext } from "../jobs/recurring.ts";
import { AppError } from "../lib/errors.ts";
import { parseAddress } from "../mail/address.ts";
import type { CommandInput, CommandOutcome } from "./command.ts";

/** Asks everybody of a list who is not known here; the letters leave at the owner's rates, the rest with the server. */
export async function importList(app: App, files: string[], input: CommandInput): Promise<CommandOutcome> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new AppError("bad-usage", 'Name one file, or "-".');
  const readers = await readList(file);
  const report = await importReaders(app.db, readers, {
    now: () => input.clock().toISOString(),
    mailFrom: app.config.mailFrom,
    zone: String(input.values.zone ?? "UTC"),
    sendAt: String(input.values.time ?? "09:00"),
    signal: input.signal,
  });
  const letters = await sendQueuedLetters(letterContext(app), { kind: "confirmation", signal: input.signal });
  const known = Object.entries(report.known).map(([state, count]) => `${count} ${state}`);
  const lines = [
    `${report.asked} asked, ${letters.sent} of the letters sent now; a running server sends the rest.`,
    ...(known.length > 0 ? [`Known already and not asked: ${known.join(", ")}.`] : []),
    ...report.refused.map(({ address, problem }) => `Not taken: ${JSON.stringify(address)}. ${problem}`),
  ];
  return { document: { ...report, letters }, text: lines.join("\n"), failed: report.refused.length > 0 };
}

async function readList(file: string): Promise<ListedReader[]> {
  try {
    return parseReaderList(file === "-" ? await readInput() : await readFile(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : (error as NodeJS.ErrnoException).code;
    throw new AppError("bad-input", `${file} is not a list of readers: ${why}.`, { cause: error });
  }
}

/** Standard input, a text a line. */
export async function readLines(): Promise<string[]> {
  return (await readInput()).split(/\r?\n/).filter((line) => line.trim() !== "");
}

async function readInput(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  return text;
}

export async function exportReaders(
  app: App,
  addresses: string[],
  input: CommandInput,
): Promise<CommandOutcome> {
  const { format = "json" } = input.values;
  if (format !== "json" && format !== "csv")
    throw new AppError("bad-usage", `--format takes json or csv, not "${format}".`);
  const [address, ...more] = addresses;
  if (more.length > 0) throw new AppError("bad-usage", "Name one address, or none.");
  const readers = address === undefined ? readersOf(app.db) : [await getReader(app.db, address)];
  const rows: string[] = [];
  const subscribers: ReaderExport[] = [];
  for await (const reader of readers) {
    if (format === "csv") rows.push(formatReaderRow(await summarizeReader(app.db, reader)));
    else subscribers.push(await exportReader(app.db, reader));
  }
  if (format === "csv") {
    const text = (readerTableHeader + rows.join("")).trimEnd();
    return { document: { csv: text }, text };
  }
  const document = { subscribers };
  return { document, text: JSON.stringify(document, null, 2) };
}

/** What is kept of an erased reader. */
export async function showProof(app: App, addresses: string[]): Promise<CommandOutcome> {
  const address = parseAddress(addresses[0] ?? "");
  if ("problem" in address || addresses.length > 1) throw new AppError("bad-usage", "Name one address.");
  const proofs = await listConsentProofs(app.db, address.key);
  if (proofs.length === 0)
    throw new AppError("not-found", `No proof of consent is kept of ${address.address}.`, {
      remedy: "Of a reader who is not erased, subscribers export shows it.",
    });
  const document = { address: address.address, proofs };
  return { document, text: JSON.stringify(document, null, 2) };
}
