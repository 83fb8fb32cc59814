// Records with the members that are known, and no others: what is undefined would be stored and hashed as if it were said.

/** The members of T that may be left out. */
type Optional<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
type Required<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };

/** The object without its undefined members. */
export function dropUndefined<T extends object>(members: T): Required<T> & Optional<T> {
  const known: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const value = (members as Record<string, unknown>)[name];
    if (value !== undefined) known[name] = value;
  }
  return known as Required<T> & Optional<T>;
}
