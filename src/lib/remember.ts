// What was made of a value, kept for the next time it is asked for.

/**
 * `make`, asked once for each key that is met again and again. Of more than `most` keys all are forgotten: memory is bounded
 * whatever comes.
 */
export function remember<Key, Made>(most: number, make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
