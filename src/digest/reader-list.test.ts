import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader } from "../../test/support/letters.ts";
import { forgetConsentProofs, listConsentProofs } from "./consent-proofs-store.ts";
import { importReaders } from "./import-readers.ts";
import { formatReaderRow, parseReaderList, readerTableHeader } from "./reader-list.ts";
import { eraseReader, getReader, summarizeReader } from "./readers.ts";
import { endSubscription } from "./unsubscribe.ts";

const now = "2026-05-12T09:00:00.000Z";
const options = { now: () => now, mailFrom: "letters@example.org", zone: "UTC", sendAt: "09:00" };

describe("a list of readers", () => {
  const ada = { address: "ada@example.org", zone: "Europe/Berlin", sendAt: "08:40" };
  const grace = { address: "grace@example.org" };

  test.each([
    ["an address a line", "ada@example.org\r\n\r\n grace@example.org \n", [{ address: ada.address }, grace]],
    [
      "a table",
      "Email,Name,TimeZone,Time\nada@example.org,Ada,Europe/Berlin,08:40\ngrace@example.org,,,",
      [ada, grace],
    ],
    ["semicolons", 'name;e-mail\r\n"Lovelace; Ada";ada@example.org\r\n', [{ address: ada.address }]],
    ["a mark at the start", "\ufeffaddress\nada@example.org", [{ address: ada.address }]],
    [
      "quotation marks",
      'address\n"ada@example.org"\n"a""b\nc"',
      [{ address: ada.address }, { address: 'a"b\nc' }],
    ],
    ["cells for spreadsheets", "address\n'=ada@example.org", [{ address: "=ada@example.org" }]],
    ["texts in JSON", '["ada@example.org", 7]', [{ address: ada.address }, { address: "" }]],
    [
      "objects in JSON",
      JSON.stringify({ subscribers: [{ ...ada, state: "confirmed" }, grace] }),
      [ada, grace],
    ],
    ["nothing", "", []],
  ])("%s", (_, text, readers) => {
    expect(parseReaderList(text)).toEqual(readers);
  });

  test.each(['address\n"ada', "[", "{}", '{"subscribers":1}'])("%j is none", (text) => {
    expect(() => parseReaderList(text)).toThrow(SyntaxError);
  });
});

describeOnBothDatabases("importing and exporting readers", (open) => {
  test("asks who is not known, once; nobody is subscribed, nobody who left is asked", async () => {
    const db = await open();
    await addConfirmedReader(db, "here@example.org");
    const left = await addConfirmedReader(db, "left@example.org");
    await endSubscription(db, left.token, { now });
    const list = [
      { address: "ada@example.org", zone: "Europe/Berlin", sendAt: "08:40" },
      { address: "Ada@example.org" },
      { address: "here@example.org" },
      { address: "left@example.org" },
      { address: "no address" },
      { address: "x@example.org", zone: "Mars/Base" },
      { address: "y@example.org", sendAt: "25:00" },
    ];
    const report = await importReaders(db, list, options);
    expect(report).toMatchObject({ asked: 1, known: { unconfirmed: 1, confirmed: 1, unsubscribed: 1 } });
    expect(report.refused.map(({ address }) => address)).toEqual([
      "no address",
      "x@example.org",
      "y@example.org",
    ]);
    expect(await getReader(db, "ada@example.org")).toMatchObject({
      state: "unconfirmed",
      zone: "Europe/Berlin",
    });
    expect((await importReaders(db, list, options)).asked).toBe(0);
    const letters = await db.selectFrom("deliveries").select("kind").execute();
    expect(letters).toEqual([{ kind: "confirmation" }]);
  });

  test("what is exported as a table is read back", async () => {
    const db = await open();
    await addConfirmedReader(db, "=ada@example.org", { zone: "Asia/Tokyo", sendAt: "07:00" });
    const row = formatReaderRow(await summarizeReader(db, await getReader(db, "=ada@example.org")));
    expect(row).toMatch(/^'=ada@example\.org,confirmed,Asia\/Tokyo,07:00,/);
    expect(row.split(",")).toHaveLength(readerTableHeader.split(",").length);
    const [read] = parseReaderList(readerTableHeader + row);
    expect(read).toEqual({ address: "=ada@example.org", zone: "Asia/Tokyo", sendAt: "07:00" });
  });

  test("of an erased reader the proof of consent is kept for its years, under the address only", async () => {
    const db = await open();
    await addConfirmedReader(db, "ada@example.org");
    await importReaders(db, [{ address: "new@example.org" }], options);
    expect(await eraseReader(db, "Ada@example.org", now)).toEqual({
      address: "ada@example.org",
      proofKept: true,
    });
    expect((await eraseReader(db, "new@example.org", now)).proofKept).toBe(false);
    const [proof] = await listConsentProofs(db, "ada@example.org");
    expect(proof).toMatchObject({ erasedAt: now, keepUntil: "2029-12-31" });
    expect(proof!.consent.map(({ what }) => what)).toEqual(["requested", "confirmed"]);
    expect(JSON.stringify(await db.selectFrom("consent_proofs").selectAll().execute())).not.toContain("ada@");
    expect(await forgetConsentProofs(db, "2029-12-31")).toBe(0);
    expect(await forgetConsentProofs(db, "2030-01-01")).toBe(1);
    expect(await listConsentProofs(db, "ada@example.org")).toEqual([]);
  });
});
