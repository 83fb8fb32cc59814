// What the private links of one letter open: its web copy, and a word said to one of its papers. A signature that is not the
// reader's opens nothing; nor does the link of a reader who was erased.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { keepersOfSubscribers } from "../library/keeper.ts";
import { removeMark, setMark } from "../library/library.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { findDelivery } from "./deliveries-store.ts";
import { type IssueContent, readerOf } from "./issue.ts";
import { readContent } from "./letter-content.ts";
import type { LetterContext } from "./letter-context.ts";
import {
  type CopyPass,
  isGenuineCopy,
  isGenuineMark,
  type MarkPass,
  parseCopyPass,
  parseMarkPass,
} from "./letter-pass.ts";
import { findSubscribersByPk, type Subscriber } from "./subscribers-store.ts";

/** The letter as its row fixed it, without the ways out; null where the link is nobody's or the letter never left. */
export async function findLetterCopy(
  context: Pick<LetterContext, "db" | "baseUrl">,
  text: string,
): Promise<IssueContent | null> {
  const pass = parseCopyPass(text);
  const owner = pass && (await findOwner(context.db, pass));
  if (!owner || !isGenuineCopy(pass, owner.token)) return null;
  const delivery = await findDelivery(context.db, {
    subscriberPk: owner.pk,
    kind: "digest",
    issue: pass.issue,
  });
  if (delivery?.state !== "sent") return null;
  const content = await readContent(context, { payload: delivery.payload, owner }, new Map());
  return { ...content, reader: { ...readerOf(owner, pass.issue, context.baseUrl()), ways: null } };
}

export interface LetterMark {
  pass: MarkPass;
  reader: Subscriber;
  /** Of the paper as it is now. */
  paper: { pk: number; id: string; title: string };
}

/** What a link says, to whose library, of which paper; null where it is nobody's. Changes nothing. */
export async function findLetterMark(db: Db, text: string): Promise<LetterMark | null> {
  const pass = parseMarkPass(text);
  const reader = pass && (await findOwner(db, pass));
  if (!reader || !isGenuineMark(pass, reader.token)) return null;
  const paper = (await findPapersByPk(db, [pass.paperPk])).get(pass.paperPk);
  return paper ? { pass, reader, paper: { pk: paper.pk, id: paper.id, title: paper.titleText } } : null;
}

/** Says it, or takes it back. Harmless twice. Throws AppError "bad-input" for a library that is full. */
export async function sayLetterMark(
  db: Db,
  { pass, reader, paper }: LetterMark,
  { now, undo }: { now: Instant; undo: boolean },
): Promise<void> {
  const keeper = (await keepersOfSubscribers(db, [reader], now)).get(reader.pk)!;
  const mark = { paperPk: paper.pk, kind: pass.act };
  if (undo) await removeMark(db, keeper, mark, now);
  else await setMark(db, keeper, mark, now);
}

async function findOwner(db: Db, { readerPk }: CopyPass): Promise<Subscriber | null> {
  if (readerPk > 2_147_483_647) return null;
  return (await findSubscribersByPk(db, [readerPk])).get(readerPk) ?? null;
}
