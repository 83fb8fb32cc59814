// Fills a data folder for bench/digest.ts, in a process of its own so that its memory is not counted as the letters': a day of new
// papers, older ones that readers have saved, and readers. Texts are real where the conference papers below BROADSHEET_SHARED
// (default ../shared) are there, else drawn from a few words.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openDatabase } from "../src/database/database.ts";
import { type Db, insertRows } from "../src/database/dialect.ts";
import type { SubscribersTable } from "../src/database/letter-schema.ts";
import { defaultWishes } from "../src/digest/wishes.ts";
import { newToken } from "../src/lib/link-token.ts";
import { openRandom, shuffledOrder } from "../src/lib/random.ts";
import { type DayPaper, saveDay } from "../test/support/days.ts";

const [folder, ...counts] = process.argv.slice(2);
const [readers, papers, saved, held] = counts.map(Number) as [number, number, number, number];
const [earlier, day] = ["2026-04-01", "2026-05-12"];
const at = "2026-05-01T00:00:00.000Z";

const db = await openDatabase({ folder: folder! });
const texts = listTexts(papers + held);
await savePapers(db, earlier, texts.slice(papers));
await savePapers(db, day, texts.slice(0, papers));
await saveReaders(db);
await db.destroy();

type Text = Pick<DayPaper, "title" | "abstract" | "authors">;

function listTexts(count: number): Text[] {
  const file = join(process.env.BROADSHEET_SHARED ?? "../shared", "corpus", "conference-papers.jsonl.gz");
  if (!existsSync(file)) return drawTexts(count);
  const lines = gunzipSync(readFileSync(file)).toString().split("\n").filter(Boolean);
  const order = [...shuffledOrder(lines.length, openRandom(4)).slice(0, count)];
  return order.map((i) => {
    const { title, abstract, authors } = JSON.parse(lines[i]!) as Required<Text>;
    return { title, abstract, authors };
  });
}

/** Of the usual length, all different. */
function drawTexts(count: number): Text[] {
  const words =
    "we introduce a method that learns sparse graph attention for long documents and shows how language models reason over tables with less data than before while keeping robust calibration".split(
      " ",
    );
  const random = openRandom(5);
  const draw = (length: number) => Array.from({ length }, () => words[random.below(words.length)]!).join(" ");
  return Array.from({ length: count }, (_, i) => ({
    title: `Paper ${i}: ${draw(9)}`,
    abstract: `We introduce ${draw(20)}. ${draw(70)}. ${draw(70)}.`,
  }));
}

async function savePapers(into: Db, on: string, given: readonly Text[]): Promise<void> {
  const month = on.slice(2, 7).replace("-", "");
  const all = given.map((text, i) => ({ ...text, id: `${month}.${10_000 + i}`, votes: (i * 37) % 200 }));
  for (let from = 0; from < all.length; from += 1_000) await saveDay(into, on, all.slice(from, from + 1_000));
}

/** By rows, as the way a reader goes takes a letter each. Some papers are saved by many, most by few. */
async function saveReaders(into: Db): Promise<void> {
  const old = await into.selectFrom("submissions").select("paper_pk").where("day", "=", earlier).execute();
  const random = openRandom(6);
  for (let first = 1; first <= readers; first += 1_000) {
    const pks = Array.from({ length: Math.min(1_000, readers - first + 1) }, (_, i) => first + i);
    await insertRows(into, "subscribers", pks.map(readerRow));
    const keepers = pks.map((pk) => ({
      keeper: `subscriber:${pk}`,
      revision: 1,
      settings: "{}",
      updated_at: at,
    }));
    if (saved > 0) await insertRows(into, "library_keepers", keepers);
    const marks = keepers.flatMap(({ keeper }) => {
      const places = new Set<number>();
      while (places.size < Math.min(saved, old.length))
        places.add(Math.floor(old.length * (random.below(10_000) / 10_000) ** 2));
      return [...places].map((place) => ({
        keeper,
        paper_pk: old[place]!.paper_pk,
        kind: "save",
        folder: "",
        marked_at: at,
      }));
    });
    await insertRows(into, "library_marks", marks);
  }
}

function readerRow(pk: number): SubscribersTable {
  const address = `reader${pk}@example.org`;
  return {
    pk,
    address,
    address_key: address,
    zone: "UTC",
    send_at: "09:00",
    state: "confirmed",
    token: newToken(),
    confirm_hash: null,
    confirm_expires_at: null,
    consent: "[]",
    created_at: at,
    last_request_at: at,
    confirmed_at: at,
    unsubscribed_at: null,
    ...defaultWishes,
  };
}
