// Keeps letters as files when no mail server is set: complete messages, each there whole or not at all.
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Letter } from "./letter.ts";
import type { Mailer } from "./mailer.ts";
import { buildMessage } from "./message.ts";

/** 2026-05-12T06-40-00Z-0123456789abcdef.eml: sorts by time; the same letter has the same name. */
const namePattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{16}\.eml$/;

/** Where letters are kept while no mail server is set. */
export function keptLettersFolder(dataFolder: string): string {
  return join(dataFolder, "letters");
}

export function openLetterFolder(folder: string): Mailer {
  return {
    kind: "folder",
    async send(letter) {
      try {
        await keepLetter(folder, letter);
        return { ok: true };
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        return { ok: false, permanent: false, reason: `${folder} cannot be written (${code})` };
      }
    },
    verify: async () => ({ ok: true }),
    async [Symbol.asyncDispose]() {},
  };
}

/** Written beside, synced, then renamed: a crash leaves no half letter under a letter's name. */
async function keepLetter(folder: string, letter: Letter): Promise<void> {
  const message = buildMessage(letter);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, letterName(letter));
  const beside = `${path}.${process.pid}.tmp`;
  const file = await open(beside, "w", 0o600);
  try {
    await file.writeFile(message);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function letterName(letter: Letter): string {
  const time = letter.date.toISOString().slice(0, 19).replaceAll(":", "-");
  const hash = createHash("sha256").update(letter.messageId).digest("hex").slice(0, 16);
  return `${time}Z-${hash}.eml`;
}

/** Names of the kept letters, newest first; empty when there is no folder yet. */
export async function listKeptLetters(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => namePattern.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The raw message; null when the name is not one of ours or the letter is gone. */
export async function findKeptLetter(folder: string, name: string): Promise<Buffer | null> {
  if (!namePattern.test(name)) return null;
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
