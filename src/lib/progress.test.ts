// Progress: one moving line on a terminal, plain lines elsewhere, never too often, with rate and time left.
import { expect, test } from "vitest";
import { createProgress, formatProgress } from "./progress.ts";

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, columns: 200, write: (text: string) => written.push(text) } };
}

function steppingClock(stepMs: number) {
  let now = 0;
  return () => {
    now += stepMs;
    return new Date(now);
  };
}

test("says how far, how fast and how long", () => {
  expect(formatProgress("import", 40_000, 80_000, 4_000)).toBe(
    "import [############------------]  50 %  40,000 of 80,000  4,000/s  10 s left",
  );
  expect(formatProgress("import", 10, 0, 2)).toBe("import  10  2/s");
  expect(formatProgress("x", 1, 100_000, 1)).toContain("27.8 h left");
});

test("moves one line on a terminal and clears it at the end", () => {
  const { written, stream } = recorder(true);
  const progress = createProgress({ stream, clock: steppingClock(200) });
  progress.update("import", 1, 10);
  progress.update("import", 2, 10);
  progress.end();
  expect(written).toHaveLength(3);
  expect(written.every((text) => text.startsWith("\r\x1b[K") && !text.includes("\n"))).toBe(true);
});

test("writes plain lines elsewhere, not more than one in five seconds", () => {
  const { written, stream } = recorder(false);
  const progress = createProgress({ stream, clock: steppingClock(1_000) });
  for (let done = 1; done <= 20; done++) progress.update("import", done, 20);
  progress.end();
  expect(written).toHaveLength(3);
  expect(written.every((text) => text.endsWith("\n") && !text.includes("\x1b"))).toBe(true);
});
