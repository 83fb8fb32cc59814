// A command that answers line by line: one JSON document a line, in order, as they come; a bad line is answered with an error
// that names it, and the next one goes on.
import { openByteStream } from "../lib/byte-stream.ts";
import { AppError, formatError } from "../lib/errors.ts";
import { readLines, type TextLine } from "../lib/text-lines.ts";
import type { CommandInput } from "./command.ts";

export interface LineCommand {
  /** A file, or "-" for standard input. */
  path: string;
  /** Longest line taken, in bytes. */
  limit: number;
  /** The document that answers a line, or a promise of it. Throws AppError for a bad one. */
  answer(line: string): unknown;
}

/** Writes the answers to standard output; returns how many lines were bad. Ends early when nobody reads any more. */
export async function answerLines(
  input: CommandInput,
  { path, limit, answer }: LineCommand,
): Promise<number> {
  const bytes = await openByteStream(path);
  let number = 0;
  let bad = 0;
  try {
    for await (const line of readLines(bytes, { limit })) {
      if (input.signal.aborted) throw new AppError("interrupted", `Stopped after line ${number}.`);
      number++;
      const document = await answerOne(line, number, { limit, answer });
      if ("error" in document) bad++;
      if (!(await writeLine(JSON.stringify(document)))) break;
    }
  } finally {
    await bytes.close();
  }
  return bad;
}

async function answerOne(
  line: TextLine,
  number: number,
  { limit, answer }: Pick<LineCommand, "limit" | "answer">,
): Promise<object> {
  try {
    if (line.tooLong) throw new AppError("bad-input", `The line is longer than ${limit} bytes.`);
    if (!line.validUtf8) throw new AppError("bad-input", "The line is not UTF-8.");
    if (line.text.trim() === "") throw new AppError("bad-input", "The line is empty.");
    return (await answer(line.text)) as object;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "index-damaged") throw error;
    return { line: number, error: { code: error.code, message: formatError(error) } };
  }
}

/** Waits until it is taken; false when the reader has gone. */
function writeLine(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => {
      if (!error) resolve(true);
      else if ((error as NodeJS.ErrnoException).code === "EPIPE") resolve(false);
      else reject(error);
    });
  });
}
