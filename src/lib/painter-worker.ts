// The thread of painter.ts: reads the typefaces once, then paints one drawing after the other.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Painted, PaintTask } from "./painter.ts";

if (!isMainThread && parentPort) {
  const port = parentPort;
  const fontBuffers = (workerData as string[]).map((file) => new Uint8Array(readFileSync(file)));
  const ready = initWasm(readFileSync(fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));
  port.on("message", async (task: PaintTask) => {
    await ready;
    port.postMessage(paint(task, fontBuffers));
  });
}

function paint({ number, svg, width }: PaintTask, fontBuffers: Uint8Array[]): Painted {
  try {
    const drawing = new Resvg(svg, { font: { fontBuffers }, fitTo: { mode: "width", value: width } });
    const image = drawing.render();
    const png = new Uint8Array(image.asPng());
    image.free();
    drawing.free();
    return { number, png };
  } catch (error) {
    return { number, reason: String(error) };
  }
}
