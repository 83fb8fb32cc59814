// The one error class that is thrown on purpose. Expected outcomes are values; everything else that throws is a defect.

/** Stable, machine-readable reasons. Doors map them once: the command line to an exit status, HTTP to a status code. */
export type ErrorCode =
  | "bad-setting"
  | "bad-usage"
  | "bad-input"
  | "not-found"
  | "folder-unwritable"
  | "folder-in-use"
  | "newer-version"
  | "port-taken"
  | "database-unreachable"
  | "index-damaged"
  | "mail-refused"
  | "too-many-rejected"
  | "interrupted";

export interface AppErrorOptions {
  /** What the person can do about it; a sentence. */
  remedy?: string;
  cause?: unknown;
}

/** An error a person caused or can mend: names the thing, the place and the remedy. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** One sentence for a person: the message and, where there is one, the remedy. Never a stack. */
export function formatError(error: unknown): string {
  if (error instanceof AppError) return error.remedy ? `${error.message} ${error.remedy}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
