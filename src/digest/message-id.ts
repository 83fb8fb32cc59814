// Message-IDs made from letter and reader, so that a letter that goes out twice can be told to be one.
import { createHash } from "node:crypto";

export interface MessageIdInput {
  /** "2026-05-12", or the kind of another letter. */
  issue: string;
  /** The reader's opaque token; only its hash shows. */
  readerToken: string;
  /** Address letters come from; its domain is ours. */
  mailFrom: string;
}

/** "<2026-05-12.0123456789abcdef0123@example.org>" */
export function messageIdOf({ issue, readerToken, mailFrom }: MessageIdInput): string {
  const hash = createHash("sha256").update(`${issue}\n${readerToken}`).digest("hex").slice(0, 20);
  const name = issue.replace(/[^0-9A-Za-z-]/g, "-");
  return `<${name}.${hash}@${mailFrom.slice(mailFrom.lastIndexOf("@") + 1)}>`;
}
