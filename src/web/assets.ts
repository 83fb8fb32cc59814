// The built files that pages need (stylesheet, script, fonts, icon), under names that carry their content's hash.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../lib/errors.ts";

/** Addresses as pages use them: "/assets/broadsheet.1a2b3c4d.css". */
export interface AssetPaths {
  stylesheet: string;
  script: string;
  /** Only on the page of search. */
  searchScript: string;
  /** Only on pages made for somebody who keeps something here. */
  marksScript: string;
  /** Only on pages that ask for a passkey. */
  passkeyScript: string;
  sans: string;
  serif: string;
  icon: string;
  /** The same, drawn: for home screens. */
  icon192: string;
  icon512: string;
  /** With room around it, for systems that cut icons into their own shape. */
  iconMaskable: string;
  /** Sent as /offline-worker.js; see install.ts. */
  offlineWorker: string;
}

export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
}

export interface Assets {
  paths: AssetPaths;
  /** By file name without folder; all are read once, at start. */
  files: ReadonlyMap<string, Asset>;
}

const contentTypes: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};

/** dist/assets, beside the compiled program. */
const builtFolder = fileURLToPath(new URL("../assets/", import.meta.url));

/** Reads what scripts/build-assets.mjs wrote. Throws AppError "not-found" when the program was not built. */
export function readAssets(folder: string = builtFolder): Assets {
  const manifest = join(folder, "manifest.json");
  if (!existsSync(manifest)) {
    throw new AppError("not-found", `The built stylesheet and fonts are missing from ${folder}.`, {
      remedy: "Build them with npm run build.",
    });
  }
  const names = JSON.parse(readFileSync(manifest, "utf8")) as Record<keyof AssetPaths, string>;
  const paths = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, `/assets/${name}`]));
  const files = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const contentType = contentTypes[extname(name)];
    if (contentType) files.set(name, { body: new Uint8Array(readFileSync(join(folder, name))), contentType });
  }
  return { paths: paths as unknown as AssetPaths, files };
}
