// Looks at everything an owner would worry about and says what it finds, in words, with the remedy.
import { checkDatabase } from "../database/check.ts";
import type { Db } from "../database/dialect.ts";
import { countDeliveries } from "../digest/deliveries-store.ts";
import { countReturns, findLatestBlock } from "../digest/returns-store.ts";
import { isGap, type LedgerColumn } from "../harvest/ledger.ts";
import { columnTitle } from "../harvest/ledger-accounts.ts";
import { listLedgerRows } from "../harvest/ledger-store.ts";
import { addDays, type Clock, dayOf } from "../lib/clock.ts";
import type { Mailer } from "../mail/mailer.ts";
import { countPapers, latestChangeNumber } from "../papers/papers-store.ts";
import type { Search } from "../search/search.ts";

export type HealthState = "ok" | "warning" | "failed";

export interface HealthCheck {
  name: string;
  state: HealthState;
  message: string;
  /** What to do; absent when all is well. */
  remedy?: string;
}

export interface HealthSubject {
  db: Db;
  search: Search;
  mailer: Mailer;
  /** False: another process serves this folder. */
  ownsFolder: boolean;
  dataFolder: string;
  publicUrl: string | null;
  clock: Clock;
  /** What is followed. */
  accounts: readonly LedgerColumn[];
}

/** Runs every check; none of them changes anything. */
export async function checkHealth(subject: HealthSubject): Promise<HealthCheck[]> {
  return [
    checkFolder(subject),
    await checkStorage(subject.db),
    await checkPapers(subject.db),
    await checkIndex(subject),
    await checkMail(subject.mailer),
    await checkLetters(subject.db),
    await checkReturns(subject),
    checkAddress(subject),
    await checkLedger(subject),
  ];
}

function checkFolder({ dataFolder, ownsFolder }: HealthSubject): HealthCheck {
  const message = ownsFolder
    ? `${dataFolder}, used by nobody else`
    : `${dataFolder}, in use by another process (a running server)`;
  return { name: "data folder", state: "ok", message };
}

async function checkStorage(db: Db): Promise<HealthCheck> {
  const { kind, version, problems } = await checkDatabase(db);
  if (problems.length === 0) return { name: "database", state: "ok", message: `${kind} ${version}, sound` };
  const message = `${kind} ${version}: ${problems.slice(0, 3).join("; ")}`;
  return {
    name: "database",
    state: "failed",
    message,
    remedy: "Restore the last backup into a new folder: backup --restore FILE --data DIR.",
  };
}

async function checkPapers(db: Db): Promise<HealthCheck> {
  const papers = await countPapers(db);
  if (papers > 0) return { name: "papers", state: "ok", message: `${papers.toLocaleString("en-US")} papers` };
  return {
    name: "papers",
    state: "warning",
    message: "no papers yet",
    remedy: "Add some: import FILE..., or import --sample.",
  };
}

async function checkIndex({ db, search }: HealthSubject): Promise<HealthCheck> {
  const { documents, changeNumber, bytesOnDisk, damage } = search.status();
  const remedy = "Rebuild it: doctor --repair.";
  if (damage) return { name: "search index", state: "failed", message: damage, remedy };
  const [papers, latest] = [await countPapers(db), await latestChangeNumber(db)];
  const size = `${documents.toLocaleString("en-US")} papers, ${(bytesOnDisk / 1e6).toFixed(1)} MB`;
  if (latest > changeNumber) {
    const message = `${size}; ${latest - changeNumber} changes behind the database`;
    return {
      name: "search index",
      state: "warning",
      message,
      remedy: "A running server catches up by itself; otherwise doctor --repair.",
    };
  }
  if (documents !== papers)
    return {
      name: "search index",
      state: "failed",
      message: `${size}, but the database holds ${papers}`,
      remedy,
    };
  return { name: "search index", state: "ok", message: `${size}, up to date` };
}

async function checkMail(mailer: Mailer): Promise<HealthCheck> {
  if (mailer.kind === "folder") {
    const remedy = "Set BROADSHEET_SMTP_URL to send them.";
    return {
      name: "mail",
      state: "warning",
      message: "no mail server is set; letters are kept in the data folder",
      remedy,
    };
  }
  const verified = await mailer.verify();
  if (verified.ok) return { name: "mail", state: "ok", message: "the mail server answers" };
  return {
    name: "mail",
    state: "failed",
    message: `the mail server refuses: ${verified.reason}`,
    remedy: "Check BROADSHEET_SMTP_URL.",
  };
}

async function checkLetters(db: Db): Promise<HealthCheck> {
  const counts = await countDeliveries(db);
  const message = `${counts.sent} sent, ${counts.due + counts.claimed} waiting, ${counts.failed} refused`;
  if (counts.failed === 0) return { name: "letters", state: "ok", message };
  return {
    name: "letters",
    state: "warning",
    message,
    remedy: '"subscribers" shows whose address refuses letters, and why.',
  };
}

const returnDays = 7;

/** What came back in a week. Refusals that are about us are the owner's to mend: no reader is at fault. */
async function checkReturns({ db, clock }: HealthSubject): Promise<HealthCheck> {
  const name = "returned mail";
  const since = new Date(clock().getTime() - returnDays * 86_400_000).toISOString();
  const { hard, soft, blocked, complaint } = await countReturns(db, since);
  const message = `in seven days ${hard} hard, ${soft} soft, ${complaint} ${complaint === 1 ? "complaint" : "complaints"}`;
  if (blocked === 0) return { name, state: "ok", message };
  const latest = await findLatestBlock(db);
  return {
    name,
    state: "warning",
    message: `${message}; ${blocked} refused because of us, the latest: ${latest?.detail ?? "no reason given"}`,
    remedy: "doctor --mail looks at what mail servers look at, and says what to publish.",
  };
}

const explainedGaps = 5;

/** Every day of the last month that is short, and why. */
async function checkLedger({ db, clock, accounts }: HealthSubject): Promise<HealthCheck> {
  const today = dayOf(clock());
  const rows = await listLedgerRows(db, { from: addDays(today, -30), to: today });
  const followed = new Set(accounts.map(({ source, category }) => `${source} ${category}`));
  const gaps = rows.filter((row) => isGap(row) && followed.has(`${row.source} ${row.category}`));
  const held = rows.reduce((sum, { received }) => sum + received, 0).toLocaleString("en-US");
  if (rows.length === 0) return { name: "ledger", state: "ok", message: "nothing was harvested yet" };
  if (gaps.length === 0)
    return { name: "ledger", state: "ok", message: `${held} entries of thirty days held, none missing` };
  const told = gaps
    .slice(0, explainedGaps)
    .map((row) => `${row.day} ${columnTitle(row)} ${row.state}: ${row.reason}`);
  const more = gaps.length > explainedGaps ? `; and ${gaps.length - explainedGaps} more` : "";
  return {
    name: "ledger",
    state: "warning",
    message: `${gaps.length} ${gaps.length === 1 ? "category-day is" : "category-days are"} short: ${told.join("; ")}${more}`,
    remedy: 'Fill them in: harvest. "/status" shows all of them.',
  };
}

function checkAddress({ publicUrl }: HealthSubject): HealthCheck {
  if (publicUrl?.startsWith("https:")) return { name: "public address", state: "ok", message: publicUrl };
  if (publicUrl) {
    const remedy = "One-click unsubscribing (RFC 8058) wants https.";
    return { name: "public address", state: "warning", message: `${publicUrl} is not https`, remedy };
  }
  const remedy = "Set BROADSHEET_PUBLIC_URL before letters go to other people: their links point to it.";
  return {
    name: "public address",
    state: "warning",
    message: "not set; links in letters point to this machine",
    remedy,
  };
}
