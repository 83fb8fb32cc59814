// What a letter is, before it becomes a message or leaves.

/** Whole lines that many letters hold alike: one object for all of them, so that they are encoded once. */
export interface SharedLines {
  readonly lines: string;
}

/** A part in pieces of whole lines; joined by \n they are the part. */
export type Pieces = readonly (string | SharedLines)[];

export interface Letter {
  /** As parseAddress gives it; exactly one reader. */
  to: string;
  from: { name: string; address: string };
  subject: string;
  /** Plain text part, lines ended by \n. */
  text: string;
  /** HTML part. */
  html: string;
  /** The same two parts in pieces, where pieces are shared with other letters. */
  pieces?: { text: Pieces; html: Pieces };
  /** "<local@domain>"; the same for every repeat of the letter. */
  messageId: string;
  /** Fixed with the letter, so that a repeat is the same message. */
  date: Date;
  /** Envelope sender, where what comes back is to go; the sender's own address when absent. */
  returnPath?: string;
  /** On letters that come again and again; absent on confirmations. */
  list?: LetterList;
}

export interface LetterList {
  name: string;
  /** RFC 2919: "daily.example.org". */
  id: string;
  /** Absolute https address that takes the one-click POST of RFC 8058. */
  unsubscribeUrl: string;
}

export function joinPieces(pieces: Pieces): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.lines)).join("\n");
}
