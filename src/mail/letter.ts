// What a letter is, before it becomes a message or leaves.
export interface Letter {
  /** As parseAddress gives it; exactly one reader. */
  to: string;
  from: { name: string; address: string };
  subject: string;
  /** Plain text part, lines ended by \n. */
  text: string;
  /** HTML part. */
  html: string;
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
