// Puts stylesheet, script, icon and fonts into dist/assets under names that carry their content's hash, with a manifest.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "src", "web", "assets");
const fonts = join(root, "dist", "fonts");
const output = join(root, "dist", "assets");

/** One file for the browser, made of these in this order: later ones may refine earlier ones. */
const styles = [
  "fonts",
  "base",
  "head",
  "paper",
  "rows",
  "notes",
  "explain",
  "pages",
  "shelf",
  "paper-page",
  "search",
  "forms",
  "keep",
  "people",
  "status",
  "print",
];

await initWasm(readFileSync(fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));
mkdirSync(output, { recursive: true });
const kept = new Set(["manifest.json", "fonts-licence.txt"]);
const names = {
  sans: write("sans.woff2", readFileSync(join(fonts, "sans.woff2"))),
  serif: write("serif.woff2", readFileSync(join(fonts, "serif.woff2"))),
  script: write("new-since.js", minifyScript(read("new-since.js"))),
  searchScript: write("search.js", minifyScript(read("search.js"))),
  marksScript: write("marks.js", minifyScript(read("marks.js"))),
  passkeyScript: write("passkeys.js", minifyScript(read("passkeys.js"))),
  offlineWorker: write("offline-worker.js", minifyScript(read("offline-worker.js"))),
  icon: write("icon.svg", read("icon.svg")),
  icon192: write("icon-192.png", draw(read("icon.svg"), 192)),
  icon512: write("icon-512.png", draw(read("icon.svg"), 512)),
  // Systems cut a circle of four fifths of the width out of it.
  iconMaskable: write("icon-maskable.png", draw(read("icon.svg").replace("0 0 32 32", "-5 -5 42 42"), 512)),
};
const stylesheet = minifyStyles(styles.map((name) => read(join("styles", `${name}.css`))).join("\n"))
  .replace('url("sans.woff2")', `url("${names.sans}")`)
  .replace('url("serif.woff2")', `url("${names.serif}")`);
names.stylesheet = write("broadsheet.css", stylesheet);
writeFileSync(join(output, "fonts-licence.txt"), readFileSync(join(fonts, "fonts-licence.txt")));
writeFileSync(join(output, "manifest.json"), `${JSON.stringify(names, null, 2)}\n`);
for (const name of readdirSync(output)) if (!kept.has(name)) rmSync(join(output, name));

function read(name) {
  return readFileSync(join(source, name), "utf8");
}

/** Writes NAME.HASH.EXT and returns that name. */
function write(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  writeFileSync(join(output, hashed), content);
  kept.add(hashed);
  return hashed;
}

/** A drawing as PNG, so many pixels wide. */
function draw(svg, width) {
  return new Resvg(svg, { fitTo: { mode: "width", value: width }, background: "#111" }).render().asPng();
}

/** Comments and needless white space away; the stylesheet holds no string in which that would change anything. */
function minifyStyles(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/;}/g, "}")
    .trim();
}

/** Whole-line comments and indentation away; names stay, so that a reader can still read it. */
function minifyScript(text) {
  return text
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^\s+/gm, "")
    .trim();
}
