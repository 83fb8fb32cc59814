// The picture of a paper: its title in the house's type, drawn as SVG. For lists elsewhere that show a picture of each.
import { escapeXml } from "../lib/xml-text.ts";
import type { Paper } from "../papers/paper.ts";

export const thumbnailSize = { width: 1200, height: 648 } as const;

const margin = 60;
const mostLines = 5;
const mostTitleChars = 400;
/** Average width of a letter of the sans in parts of its size, measured on titles. */
const letterWidth = 0.54;

export function drawThumbnail(
  paper: Pick<Paper, "titleText" | "authors" | "venue" | "publishedOn" | "year" | "id">,
): string {
  const { width, height } = thumbnailSize;
  const title = plainText(paper.titleText).slice(0, mostTitleChars);
  const size = title.length > 110 ? 52 : title.length > 60 ? 64 : 80;
  const lines = wrap(title, Math.floor((width - 2 * margin) / (size * letterWidth)));
  const where = [paper.publishedOn ?? paper.year?.toString(), paper.venue, paper.id].filter(Boolean);
  const texts = [
    text({ x: margin, y: 112, size: 36, weight: 800 }, "Broadsheet"),
    ...lines.map((line, i) => text({ x: margin, y: 250 + i * size * 1.12, size, weight: 700 }, line)),
    text({ x: margin, y: 548, size: 32, weight: 400 }, cutTo(authorsOf(paper.authors), 64)),
    text({ x: margin, y: 598, size: 28, weight: 400, fill: "#555" }, cutTo(where.join(" · "), 72)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path fill="#fff" d="M0 0h${width}v${height}H0z"/><path fill="#111" d="M${margin} 48h${width - 2 * margin}v12H${margin}zM${margin} 140h${width - 2 * margin}v3H${margin}z"/>${texts.join("")}</svg>`;
}

interface Place {
  x: number;
  y: number;
  size: number;
  weight: number;
  fill?: string;
}

function text({ x, y, size, weight, fill = "#111" }: Place, content: string): string {
  return `<text x="${x}" y="${Math.round(y)}" font-family="Archivo" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(content)}</text>`;
}

function authorsOf(authors: Paper["authors"]): string {
  const names = authors.slice(0, 3).map(({ name }) => plainText(name));
  return names.join(", ") + (authors.length > 3 ? ` and ${authors.length - 3} more` : "");
}

/** Lines of so many letters, cut with "…" after the last that has room. */
function wrap(words: string, mostChars: number): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "" || last.length + 1 + word.length <= mostChars)
      lines[lines.length - 1] = `${last} ${word}`.trim();
    else lines.push(word);
  }
  const shown = lines.slice(0, mostLines).map((line) => cutTo(line, mostChars));
  if (lines.length > mostLines) shown[mostLines - 1] = cutTo(`${shown.at(-1)} …`, mostChars);
  return shown;
}

function cutTo(line: string, mostChars: number): string {
  return line.length <= mostChars
    ? line
    : `${line
        .slice(0, mostChars - 1)
        .toWellFormed()
        .replace(/\ufffd$/, "")}…`;
}

function plainText(given: string): string {
  return given.replace(/[\p{Cc}\s]+/gu, " ").trim();
}

/** A pattern of 5 × 5 fields, left and right alike, made of hexadecimal digits. */
export function drawAvatar(key: string): string {
  const hue = Number.parseInt(key.slice(0, 3), 16) % 360;
  const fields = Array.from({ length: 15 }, (_, i) => Number.parseInt(key[3 + i] ?? "0", 16) % 2 === 0);
  const paths = fields.flatMap((isDark, i) => {
    const [column, row] = [Math.floor(i / 5), i % 5];
    const columns = column === 2 ? [2] : [column, 4 - column];
    return isDark ? columns.map((x) => `M${x + 1} ${row + 1}h1v1h-1z`) : [];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7" width="96" height="96"><path fill="#eee" d="M0 0h7v7H0z"/><path fill="hsl(${hue} 45% 40%)" d="${paths.join("")}"/></svg>`;
}
