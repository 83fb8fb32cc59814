// The issue of one or more editions: its papers and their words once, then each reader's choice, batch by batch. Queries grow
// with the batches, not with the readers.
import type { Edition, EditionItem } from "../editions/edition.ts";
import { getEdition } from "../editions/editions.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { keepersOfSubscribers } from "../library/keeper.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { listRecordChanges } from "../papers/record-changes-store.ts";
import { type ChosenPaper, chooseIssue, type ReaderChoice, type UpdatedPaper } from "./choose.ts";
import { insertDeliveries, listOpenIssues, type NewDelivery, type ReaderRow } from "./deliveries-store.ts";
import { paperHtmlBytes } from "./digest-html.tsx";
import { factsOf, type IssueFacts } from "./issue.ts";
import { saveIssueWords } from "./issue-words-store.ts";
import type { LetterContext } from "./letter-context.ts";
import { joinAccounts, type PaperWords, wordsOf } from "./letter-words.ts";
import { messageIdOf } from "./message-id.ts";
import { type DigestPayload, readIssuePayload } from "./payload.ts";
import { poolOf } from "./pool.ts";
import { listSentPapers } from "./sent-papers-store.ts";
import { findUpdate } from "./updates.ts";
import { listChangedSentPapers } from "./updates-store.ts";
import { defaultWishes } from "./wishes.ts";

export interface IssueMaker {
  facts: IssueFacts;
  /** What each of these readers gets, by pk; writes nothing. */
  choose(readers: readonly ReaderRow[]): Promise<Map<number, ChosenPaper[]>>;
  /** What somebody gets who is no reader. */
  chooseForStranger(most?: number): ChosenPaper[];
  wordsOf(pk: number): PaperWords;
  /** Makes the letters' rows; returns how many are new. */
  makeRows(readers: readonly ReaderRow[]): Promise<number>;
  /** The same in two steps: what is chosen from is read for some readers while the rows of others are made. */
  gather(readers: readonly ReaderRow[]): Promise<Gathered>;
  makeRowsOf(gathered: Gathered): Promise<number>;
}

/** All that the choice for some readers takes, their own picks among it. */
export interface Gathered {
  readers: readonly ReaderRow[];
  /** Beside them. */
  choices: readonly ReaderChoice[];
}

/** A change of a paper is told in the letters of so many days. */
const updateDays = 14;

/** Null when none of the days has papers. `days`: oldest first. */
export async function openIssue(
  context: LetterContext,
  days: readonly Day[],
  now: Instant,
): Promise<IssueMaker | null> {
  const editions: Edition[] = [];
  for (const day of days) {
    const edition = await getEdition(context.db, day, { now, categories: context.categories });
    if (edition && "asOf" in edition) editions.push(edition);
  }
  return editions.length === 0 ? null : await makerOf(context, editions, now);
}

async function makerOf(
  context: LetterContext,
  editions: readonly Edition[],
  now: Instant,
): Promise<IssueMaker> {
  const { db } = context;
  const pool = poolOf(editions);
  const facts = factsOf(editions, pool.papers.length, await findAccount(context, editions));
  const changed = await findChanged(context, now);
  const pick = context.preparePicks?.(pool.items, now);
  const words = openWords(pool.items, changed.papers);
  const room = { bytesOf: (paper: ChosenPaper) => paperHtmlBytes(paper, words(paper.pk), context.baseUrl()) };
  const poolPks = pool.papers.map(({ pk }) => pk);
  /** Papers whose words are written already. */
  const said = new Set<number>();

  async function gather(readers: readonly ReaderRow[]): Promise<Gathered> {
    if (readers.length === 0) return { readers, choices: [] };
    const pks = readers.map(({ pk }) => pk);
    const range = { from: Math.min(...pks), to: Math.max(...pks) };
    const sent = await listSentPapers(db, range, [...poolPks, ...changed.papers.keys()]);
    const open = await listOpenPapers(context, pks);
    const keepers = await keepersOfSubscribers(db, readers, now);
    const had = pks.map((pk) => new Set([...(sent.get(pk)?.keys() ?? []), ...(open.get(pk) ?? [])]));
    const wishes = readers.map(({ pk, papers }, i) => {
      return { keeper: keepers.get(pk)!, had: had[i]!, limit: papers };
    });
    const picked = await pick?.(wishes);
    const choices = readers.map(({ pk, papers, own_share }, i) => ({
      papers,
      ownShare: own_share,
      had: had[i]!,
      picks: picked?.[i]?.picks ?? [],
      hidden: picked?.[i]?.hidden ?? new Set<number>(),
      updates: changed.updatesFor(sent.get(pk) ?? new Map(), open.get(pk) ?? new Set()),
    }));
    return { readers, choices };
  }

  function chooseFrom({ readers, choices }: Gathered): Map<number, ChosenPaper[]> {
    return new Map(readers.map(({ pk }, i) => [pk, chooseIssue(pool.papers, choices[i]!, room)]));
  }

  async function makeRowsOf(gathered: Gathered): Promise<number> {
    const chosen = chooseFrom(gathered);
    const rows = gathered.readers.map((reader) =>
      newDelivery(context, reader, { ...facts, papers: chosen.get(reader.pk)! }),
    );
    const unsaid = new Set([...chosen.values()].flat().map(({ pk }) => pk)).difference(said);
    const made = await db.transaction().execute(async (trx) => {
      await saveIssueWords(trx, facts.day, new Map([...unsaid].map((pk) => [pk, words(pk)])));
      return await insertDeliveries(trx, rows, now);
    });
    for (const pk of unsaid) said.add(pk);
    return made;
  }

  return {
    facts,
    choose: async (readers) => chooseFrom(await gather(readers)),
    chooseForStranger: (papers = strangerChoice.papers) =>
      chooseIssue(pool.papers, { ...strangerChoice, papers }, room),
    wordsOf: words,
    makeRows: async (readers) => await makeRowsOf(await gather(readers)),
    gather,
    makeRowsOf,
  };
}

const strangerChoice: ReaderChoice = {
  papers: defaultWishes.papers,
  ownShare: 0,
  had: new Set(),
  picks: [],
  hidden: new Set(),
  updates: [],
};

async function findAccount(
  { db, categories }: LetterContext,
  editions: readonly Edition[],
): Promise<string | null> {
  const accounts: { day: Day; account: string | null }[] = [];
  for (const { key } of editions)
    accounts.push({ day: key, account: await findDayAccount(db, key, categories) });
  return joinAccounts(accounts);
}

/** The words of a paper, made when they are first asked for. */
function openWords(
  items: readonly EditionItem[],
  others: ReadonlyMap<number, Paper>,
): (pk: number) => PaperWords {
  const known = new Map<number, PaperWords>();
  const byPk = new Map(items.map((item) => [item.paper.pk, item]));
  return (pk) => {
    const item = byPk.get(pk);
    const words = known.get(pk) ?? wordsOf(item?.paper ?? others.get(pk)!, item?.organisation ?? null);
    known.set(pk, words);
    return words;
  };
}

interface Changed {
  papers: ReadonlyMap<number, Paper>;
  updatesFor(told: Parameters<typeof listUpdates>[1], waiting: ReadonlySet<number>): UpdatedPaper[];
}

/** What changed lately of papers that were in letters. */
async function findChanged({ db }: LetterContext, now: Instant): Promise<Changed> {
  const since = new Date(Date.parse(now) - updateDays * 86_400_000).toISOString();
  const pks = await listChangedSentPapers(db, since);
  const papers = pks.length === 0 ? new Map<number, Paper>() : await findPapersByPk(db, pks);
  const changes = pks.length === 0 ? new Map() : await listRecordChanges(db, pks);
  return {
    papers,
    updatesFor: (told, waiting) => listUpdates({ papers, changes }, told, waiting),
  };
}

function listUpdates(
  {
    papers,
    changes,
  }: { papers: ReadonlyMap<number, Paper>; changes: Awaited<ReturnType<typeof listRecordChanges>> },
  told: ReadonlyMap<number, Parameters<typeof findUpdate>[2]>,
  waiting: ReadonlySet<number>,
): UpdatedPaper[] {
  if (told.size === 0) return [];
  return [...papers].flatMap(([pk, paper]) => {
    const row = told.get(pk);
    const update =
      row && !waiting.has(pk) && paper.pk === pk ? findUpdate(paper, changes.get(pk) ?? [], row) : null;
    return update ? [update] : [];
  });
}

/** Papers that these readers have on the way in letters that wait. */
async function listOpenPapers(
  { db }: LetterContext,
  pks: readonly number[],
): Promise<Map<number, Set<number>>> {
  const open = new Map<number, Set<number>>();
  for (const { subscriber_pk, payload } of await listOpenIssues(db, pks)) {
    const papers = readIssuePayload(payload).papers.map(({ pk }) => pk);
    open.set(subscriber_pk, new Set([...(open.get(subscriber_pk) ?? []), ...papers]));
  }
  return open;
}

function newDelivery({ mailFrom }: LetterContext, reader: ReaderRow, payload: DigestPayload): NewDelivery {
  return {
    subscriber_pk: reader.pk,
    kind: "digest",
    issue: payload.day,
    message_id: messageIdOf({ issue: payload.day, readerToken: reader.token, mailFrom }),
    payload: JSON.stringify(payload),
  };
}
