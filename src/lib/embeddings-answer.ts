// What a service of embeddings answers (the form of OpenAI's POST /embeddings, which many servers speak), read as hostile.

/** More components than any service is known to give. */
const mostComponents = 4_096;

interface Listed {
  index: number;
  embedding: number[];
}

/** One vector a text, to length 1, in the order of the texts; a sentence when the answer is not that. */
export function parseEmbeddings(body: string, texts: number): Float32Array[] | string {
  const listed = readList(body);
  if (typeof listed === "string") return listed;
  if (listed.length !== texts) return `it gave ${listed.length} vectors for ${texts} texts`;
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of listed) {
    if (!Number.isInteger(index) || index < 0 || index >= texts || vectors[index])
      return "its vectors are not numbered as the texts were";
    vectors[index] = toUnit(embedding);
  }
  const [first] = vectors;
  if (vectors.some((vector) => vector.length !== first?.length)) return "its vectors differ in length";
  if (vectors.some((vector) => vector.length === 0 || !Number.isFinite(vector[0])))
    return `its vectors are not of 1 to ${mostComponents} numbers`;
  return vectors;
}

function readList(body: string): Listed[] | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return "it did not answer in JSON";
  }
  const data = (parsed as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) return "its answer holds no list of vectors";
  return data.map((one, place) => ({ index: one?.index ?? place, embedding: one?.embedding }));
}

/** Empty where it is no list of finite numbers with a length. */
function toUnit(values: unknown): Float32Array {
  if (!Array.isArray(values) || values.length > mostComponents) return new Float32Array();
  if (!values.every((value) => typeof value === "number" && Number.isFinite(value)))
    return new Float32Array();
  const length = Math.hypot(...values);
  return length > 0 ? Float32Array.from(values, (value) => value / length) : new Float32Array();
}
