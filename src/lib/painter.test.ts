import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openPainter } from "./painter.ts";

const font = fileURLToPath(
  import.meta.resolve("@fontsource-variable/archivo/files/archivo-latin-standard-normal.woff2"),
);
const drawing = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><text y="40" font-family="Archivo" font-size="30">${words}</text></svg>`;

const widthOf = (png: Uint8Array | null) => new DataView(png!.buffer, png!.byteOffset).getUint32(16);

test("paints words in the typeface it was given, and nothing where it was given none", async () => {
  const painter = openPainter({ fontFiles: [font] });
  const [one, other] = await Promise.all([
    painter.paint(drawing("Ada"), 200),
    painter.paint(drawing("Eve"), 80),
  ]);
  expect(Buffer.from(one!.slice(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect([widthOf(one), widthOf(other)]).toEqual([200, 80]);
  const blank = openPainter({ fontFiles: [] });
  const [without, empty] = await Promise.all([
    blank.paint(drawing("Ada"), 200),
    blank.paint(drawing(""), 200),
  ]);
  expect(without).toEqual(empty);
  expect(one).not.toEqual(without);
});

test("a drawing that is none is refused, and the next one is painted", async () => {
  const painter = openPainter({ fontFiles: [] });
  await expect(painter.paint("<svg", 10)).rejects.toThrow("could not be painted");
  expect(widthOf(await painter.paint(drawing(""), 10))).toBe(10);
});

test("more than may wait are not begun", async () => {
  const painter = openPainter({ fontFiles: [], mostWaiting: 2 });
  const asked = [1, 2, 3].map(() => painter.paint(drawing(""), 10));
  expect((await Promise.all(asked)).map((png) => png === null)).toEqual([false, false, true]);
  expect(await painter.paint(drawing(""), 10)).not.toBeNull();
});
