// The shape of JSON: which keys there are, of which types, and whether always; to compare two sources of the same answers.

export interface Shape {
  /** "string", "number", "boolean", "null", "array", "object", and for text that is one: "instant", "address". */
  types: Set<string>;
  /** How often it was there; less often than its parent means it may be left out. */
  count: number;
}

/** By path: ".paper.authors[].name". */
export type Shapes = Map<string, Shape>;

export function shapesOf(value: unknown): Shapes {
  const shapes: Shapes = new Map();
  note(shapes, "", value);
  return shapes;
}

function note(shapes: Shapes, path: string, value: unknown): void {
  const shape = shapes.get(path) ?? { types: new Set(), count: 0 };
  shapes.set(path, shape);
  shape.types.add(typeOf(value));
  shape.count += 1;
  if (Array.isArray(value)) for (const each of value) note(shapes, `${path}[]`, each);
  else if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) note(shapes, `${path}.${key}`, each);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value !== "string") return typeof value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return "instant";
  return /^https?:\/\/\S+$/.test(value) ? "address" : "string";
}

/** Paths that are there whenever the object they belong to is. */
export function alwaysThere(shapes: Shapes): string[] {
  return [...shapes.keys()].filter((path) => {
    const parent = path.replace(/(?:\.[^.[\]]+|\[\])$/, "");
    return path.endsWith("[]") ? false : path === "" || shapes.get(path)!.count === shapes.get(parent)?.count;
  });
}
