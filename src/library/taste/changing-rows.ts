// The memories for products among rows that change from reader to reader: one for each length of rows, as large as was needed.
import { type ChangingProducts, openChangingProducts } from "./products.ts";

const leastRows = 64;
const memories = new Map<number, { most: number; products: ChangingProducts }>();

/** Room for so many rows of this length (a multiple of 8). What was loaded before is gone: nobody keeps it over an await. */
export function changingFor(rows: number, length: number): ChangingProducts {
  const known = memories.get(length);
  if (known && known.most >= rows) return known.products;
  const most = Math.max(leastRows, 2 * rows);
  const products = openChangingProducts(most, length);
  memories.set(length, { most, products });
  return products;
}
