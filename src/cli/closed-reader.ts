// Programs that read a part of what is printed and go (`broadsheet edition … | head`) are no defect.
import type { Writable } from "node:stream";

/**
 * A write that meets a closed pipe fails twice: by its callback, and as an event of the stream that ends the process when
 * nobody listens. Listens once for all; any other error of the stream is thrown on.
 */
export function letReadersLeave(stream: Pick<Writable, "on">): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
