// Drawings as PNG, painted in a thread of their own: one takes some tenths of a second, in which no page would be served.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { openRestingThread } from "./resting-thread.ts";

export interface PaintTask {
  number: number;
  svg: string;
  /** Pixels. */
  width: number;
}

/** What the thread answers; `png` is absent for a drawing that is none. */
export interface Painted {
  number: number;
  png?: Uint8Array<ArrayBuffer>;
  reason?: string;
}

export interface Painter {
  /** Null when so many drawings wait already that this one is not begun. Throws for a drawing that is none. */
  paint(svg: string, width: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

export interface PainterOptions {
  /** Files of typefaces (TTF or WOFF2); text in others is not drawn. */
  fontFiles: readonly string[];
  /** Drawings that may wait at a time. */
  mostWaiting?: number;
}

/** The thread is there while there is something to paint, and this long after. */
const idleMs = 30_000;

export function openPainter({ fontFiles, mostWaiting = 32 }: PainterOptions): Painter {
  const thread = openRestingThread<Omit<PaintTask, "number">, Painted>(() => startThread(fontFiles), idleMs);
  return {
    async paint(svg, width) {
      if (thread.waiting >= mostWaiting) return null;
      const { png, reason } = await thread.ask({ svg, width });
      if (!png) throw new Error(`The drawing could not be painted: ${reason}`);
      return png;
    },
  };
}

/** It keeps no program from ending. */
function startThread(fontFiles: readonly string[]): Worker {
  // In src this file ends in .ts, in dist in .js; so does the thread's.
  const program = new URL(`./painter-worker${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(program, { workerData: fontFiles });
  thread.unref();
  return thread;
}
