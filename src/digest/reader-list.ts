// Readers as a list: what others exported, read; our own as a table (RFC 4180). Pure.
import { formatCell } from "../papers/csv.ts";
import type { ReaderSummary } from "./readers.ts";

export interface ListedReader {
  /** As written; not checked. */
  address: string;
  /** Absent: the list does not say. */
  zone?: string;
  sendAt?: string;
}

const columnNames = {
  address: ["address", "email", "e-mail", "mail", "email address", "e-mail address"],
  zone: ["zone", "timezone", "time zone", "tz"],
  sendAt: ["time", "sendat", "send_at", "hour"],
} as const;

/**
 * JSON (an array, or {"subscribers": […]} as exported; texts or objects), a table with a line of names, or an address a
 * line. What others say of consent is not taken over: it is not proof of consent to this letter.
 */
export function parseReaderList(text: string): ListedReader[] {
  const plain = text.replace(/^\ufeff/, "").trim();
  if (/^[[{]/.test(plain)) return readJson(plain);
  const rows = parseTable(plain).filter((cells) => cells.some((cell) => cell.trim() !== ""));
  const header = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const at = (field: keyof typeof columnNames) =>
    header.findIndex((name) => (columnNames[field] as readonly string[]).includes(name));
  if (at("address") < 0) return rows.map((cells) => ({ address: cellText(cells[0]) }));
  return rows.slice(1).map((cells) =>
    readFields({
      address: cellText(cells[at("address")]),
      zone: cellText(cells[at("zone")]),
      sendAt: cellText(cells[at("sendAt")]),
    }),
  );
}

function readJson(text: string): ListedReader[] {
  const given: unknown = JSON.parse(text);
  const list = Array.isArray(given) ? given : (given as { subscribers?: unknown }).subscribers;
  if (!Array.isArray(list)) throw new SyntaxError("there is no list of readers in it");
  return list.map((entry: unknown) => {
    if (typeof entry === "string") return { address: entry };
    const fields = entry !== null && typeof entry === "object" ? (entry as Record<string, unknown>) : {};
    const textOf = (names: readonly string[]) => {
      const value = names.map((name) => fields[name]).find((v) => typeof v === "string");
      return typeof value === "string" ? value : "";
    };
    return readFields({
      address: textOf(columnNames.address),
      zone: textOf(columnNames.zone),
      sendAt: textOf([...columnNames.sendAt, "sendAt"]),
    });
  });
}

function readFields({ address, zone, sendAt }: Required<ListedReader>): ListedReader {
  return { address, ...(zone ? { zone } : {}), ...(sendAt ? { sendAt } : {}) };
}

/** Without the apostrophe that keeps a spreadsheet from calculating (papers/csv.ts). */
function cellText(cell: string | undefined): string {
  return (cell ?? "").trim().replace(/^'(?=[=+\-@])/, "");
}

/** Rows of cells; separated by commas, or by semicolons or tabs when the first line has more of them. */
function parseTable(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const separator = [",", ";", "\t"].reduce((best, sign) =>
    first.split(sign).length > first.split(best).length ? sign : best,
  );
  const rows: string[][] = [[]];
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`,
    "y",
  );
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (!match) throw new SyntaxError(`there is a quotation mark out of place in line ${rows.length}`);
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] !== separator && match[3] !== "") rows.push([]);
    if (match[0] === "") break;
  }
  return rows;
}

const exported = [
  "address",
  "state",
  "zone",
  "time",
  "since",
  "confirmed_at",
  "unsubscribed_at",
  "last_issue",
  "came_back",
  "came_back_at",
] as const;

export const readerTableHeader = `${exported.join(",")}\r\n`;

/** A row of the table; the columns "address", "zone" and "time" are read back by an import. */
export function formatReaderRow(reader: ReaderSummary): string {
  const cells: Record<(typeof exported)[number], string> = {
    address: reader.address,
    state: reader.state,
    zone: reader.zone,
    time: reader.sendAt,
    since: reader.since,
    confirmed_at: reader.confirmedAt ?? "",
    unsubscribed_at: reader.unsubscribedAt ?? "",
    last_issue: reader.lastIssue ?? "",
    came_back: reader.returned?.class ?? "",
    came_back_at: reader.returned?.at ?? "",
  };
  return `${exported.map((name) => formatCell(cells[name])).join(",")}\r\n`;
}
