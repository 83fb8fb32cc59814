import { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import { expect, test } from "vitest";
import { letReadersLeave } from "./closed-reader.ts";

function failing(code: string): () => boolean {
  const stream = new EventEmitter() as unknown as Writable;
  letReadersLeave(stream);
  return () => stream.emit("error", Object.assign(new Error(code), { code }));
}

test("a reader who has gone ends nothing; anything else still does", () => {
  expect(failing("EPIPE")).not.toThrow();
  expect(failing("ENOSPC")).toThrow("ENOSPC");
});
