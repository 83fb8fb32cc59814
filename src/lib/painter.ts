// Drawings as PNG, painted in a thread of their own: one takes some tenths of a second, in which no page would be served.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

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

interface Waiting {
  resolve(png: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

export function openPainter({ fontFiles, mostWaiting = 32 }: PainterOptions): Painter {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let number = 0;
  const end = (error: Error) => {
    thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const rest = () => {
    const resting = thread;
    thread = null;
    void resting?.terminate();
  };
  const begin = (): Worker => {
    const started = startThread(fontFiles);
    started.on("message", (painted: Painted) => {
      const asked = waiting.get(painted.number);
      waiting.delete(painted.number);
      if (painted.png) asked?.resolve(painted.png);
      else asked?.reject(new Error(`The drawing could not be painted: ${painted.reason}`));
      if (waiting.size === 0) idle = setTimeout(rest, idleMs).unref();
    });
    started.on("error", (error) => end(error as Error));
    started.on("exit", () => thread === started && end(new Error("The painting thread ended.")));
    return started;
  };
  return {
    async paint(svg, width) {
      if (waiting.size >= mostWaiting) return null;
      clearTimeout(idle);
      thread ??= begin();
      number += 1;
      const task: PaintTask = { number, svg, width };
      const painted = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) =>
        waiting.set(task.number, { resolve, reject }),
      );
      thread.postMessage(task);
      return painted;
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
