// A sheet of bytes that is written from the left: ASCII only, which is all that a snapshot holds.

const space = 32;

/** Grows never: whoever writes sees to it that there is room. */
export class ByteSheet {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  at = 0;
  /** Characters since the last line end; what JSON escapes counts as written. */
  private lineStart = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  text(ascii: string): void {
    const { bytes, at } = this;
    for (let i = 0; i < ascii.length; i++) bytes[at + i] = ascii.charCodeAt(i);
    this.at = at + ascii.length;
  }

  /** A whole number, padded with zeros to so many digits. */
  number(value: number, digits = 1): void {
    let places = digits;
    while (10 ** places <= value) places += 1;
    let rest = value;
    for (let i = this.at + places - 1; i >= this.at; i--) {
      this.bytes[i] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.at += places;
  }

  /** Four bytes at a time; what goes beyond the end is written over by whatever comes next. */
  copy(from: ByteSheet, start: number, end: number): void {
    const { view, at } = this;
    const source = from.view;
    for (let i = start; i < end; i += 4) view.setUint32(at + i - start, source.getUint32(i));
    this.at = at + end - start;
  }

  capitalise(at: number): void {
    const letter = this.bytes[at]!;
    if (letter >= 97 && letter <= 122) this.bytes[at] = letter - space;
  }

  /** Begins a text whose lines are wrapped, behind an indent that counts. */
  startLines(indent = 0): void {
    this.lineStart = this.at - indent;
  }

  /** A space before the word that begins at `from`, or a line end when the word would go beyond the width. */
  wrapBefore(from: number, width: number, indent: string): void {
    if (this.at - this.lineStart <= width) {
      this.bytes[from - 1] = space;
      return;
    }
    const written = `\\n${indent}`;
    this.bytes.copyWithin(from - 1 + written.length, from, this.at);
    this.at += written.length - 1;
    for (let i = 0; i < written.length; i++) this.bytes[from - 1 + i] = written.charCodeAt(i);
    this.lineStart = from - 1 + written.length;
  }
}
