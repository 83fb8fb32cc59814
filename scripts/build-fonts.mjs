// Subsets the two typefaces (SIL Open Font License) from their npm packages into dist/fonts; nothing to do when unchanged.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, "node_modules", "@fontsource-variable");
const output = join(root, "dist", "fonts");

/** Both files together; the front page promises it. */
const budgetBytes = 60_000;

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
const letters = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœı";
const signs = "\u00a0\u00a1\u00a3\u00a7\u00a9\u00b0±²³µ·¹¿×÷‘’‚“”„–—…•‹›«»€™−";

const recipes = [
  {
    name: "sans",
    source: "archivo/files/archivo-latin-standard-normal.woff2",
    licence: "archivo/LICENSE",
    variationAxes: { wght: { min: 400, max: 800 }, wdth: { min: 75, max: 100 } },
    keepFeatures: ["kern", "tnum"],
  },
  {
    name: "serif",
    source: "source-serif-4/files/source-serif-4-latin-opsz-normal.woff2",
    licence: "source-serif-4/LICENSE",
    // One optical size and one weight: the serif sets running text only.
    variationAxes: { opsz: 14, wght: 400 },
    keepFeatures: ["kern", "liga"],
  },
];

mkdirSync(output, { recursive: true });
const stampFile = join(output, "stamp");
const stamp = fingerprint();
if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  await build();
  writeFileSync(stampFile, stamp);
}

/** Recipe (this file) and sources; a change in either makes new fonts. */
function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  for (const { source } of recipes) hash.update(readFileSync(join(packages, source)));
  return hash.digest("hex");
}

async function build() {
  let total = 0;
  for (const { name, source, variationAxes, keepFeatures } of recipes) {
    const font = await subsetFont(readFileSync(join(packages, source)), ascii + letters + signs, {
      targetFormat: "woff2",
      variationAxes,
      keepFeatures,
      noHinting: true,
    });
    writeFileSync(join(output, `${name}.woff2`), font);
    total += font.length;
  }
  const licences = recipes.map(({ licence }) => readFileSync(join(packages, licence), "utf8").trim());
  writeFileSync(join(output, "fonts-licence.txt"), `${licences.join("\n\n")}\n`);
  if (total > budgetBytes) throw new Error(`The fonts take ${total} bytes, more than ${budgetBytes}.`);
}
