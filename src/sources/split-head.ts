// A look at the first character that counts, without losing the bytes before it.

/** The first character that is no white space and no byte order mark ("" in an empty file), and the whole stream. */
export async function splitHead(
  input: AsyncIterable<Uint8Array>,
): Promise<{ first: string; whole: AsyncIterable<Uint8Array> }> {
  const iterator = input[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let first = "";
  while (first === "") {
    const next = await iterator.next();
    if (next.done) break;
    held.push(next.value);
    first = firstCharacter(next.value);
  }
  return { first, whole: chain(held, iterator) };
}

function firstCharacter(bytes: Uint8Array): string {
  for (const byte of bytes) {
    const isMark = byte === 0xef || byte === 0xbb || byte === 0xbf;
    if (byte > 32 && !isMark) return String.fromCharCode(byte);
  }
  return "";
}

async function* chain(held: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* held;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
