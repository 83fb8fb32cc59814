// The steps of setting up, each skipped when already done: Node, dependencies, build. No dependency, Node 18 or newer.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Flags the program always runs with: node:sqlite still announces itself as experimental on Node 24. */
// 8 MiB is room enough for what lives shortly; left to itself each thread takes 64 MiB twice. Under 2 GiB a heap at most doubles
// before it is looked through for garbage, else it takes four times as much. Both hold for every thread, before its own limits.
export const nodeFlags = flagsWithRoom(8);

/** The same where BROADSHEET_MEMORY is small: less room for what lives shortly, and garbage is looked for sooner. */
export const smallNodeFlags = flagsWithRoom(2);

function flagsWithRoom(semiSpaceMiB) {
  return [
    "--disable-warning=ExperimentalWarning",
    `--max-semi-space-size=${semiSpaceMiB}`,
    "--max-old-space-size=1536",
  ];
}

/** The program's flags but for those that the owner's NODE_OPTIONS sets: Node would let ours win. */
export function flagsBeside({ NODE_OPTIONS = "", BROADSHEET_MEMORY = "" } = {}) {
  const flags = BROADSHEET_MEMORY === "small" ? smallNodeFlags : nodeFlags;
  return flags.filter((flag) => !NODE_OPTIONS.includes(`${flag.split("=")[0]}=`));
}

/**
 * The environment with which glibc gives memory back: two arenas, not eight a core, and large arrays always mapped by
 * themselves, so that nothing stays between them. What the owner has set stays; other systems pass over it.
 */
export function withMemorySettings(env) {
  return { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072", ...env };
}

const minimumNodeMajor = 24;
/** Fetched from the npm registry where the machine's own Node is too old. */
const fetchedNodeVersion = "24.21.0";

export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function fail(line) {
  say(line);
  process.exit(1);
}

/** Path of a Node that is new enough: this one, or one fetched once into .node/. */
export function ensureNode() {
  if (Number(process.versions.node.split(".")[0]) >= minimumNodeMajor) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = join(root, ".node", fetchedNodeVersion);
  const node = join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(node)) return node;
  say(
    `This machine has Node ${process.versions.node}; fetching Node ${fetchedNodeVersion} from the npm registry (once).`,
  );
  const fresh = join(root, ".node", `fresh-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  // A plain binary package: no install script is run, and npm checks its integrity.
  const args = [
    "install",
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--prefix",
    fresh,
    `${name}@${fetchedNodeVersion}`,
  ];
  const done = runNpm(process.execPath, args, fresh);
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    fail(
      `Node ${minimumNodeMajor} or newer is needed, and ${name}@${fetchedNodeVersion} could not be fetched. Install Node from nodejs.org, or connect to the npm registry and start again.`,
    );
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(fresh, home);
  return node;
}

/** Dependencies from the lock file and an up-to-date build. */
export function prepare(node) {
  ensureDependencies(node);
  ensureBuild(node);
}

function ensureDependencies(node) {
  const lockFile = join(root, "package-lock.json");
  if (!existsSync(lockFile)) return; // installed as a package: npm did it
  const wanted = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  const stamp = join(root, "node_modules", ".broadsheet-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing dependencies from package-lock.json …");
  // Not "npm ci": it refuses a lock file that lacks optional packages of other platforms, which a registry mirror without
  // them leaves out. "npm install" keeps to the lock file for all that is in it, and --no-save leaves the file alone.
  const done = runNpm(node, ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], root);
  if (done.status !== 0)
    fail(
      "The dependencies could not be installed. Check the connection to the npm registry and start again.",
    );
  writeFileSync(stamp, wanted);
}

/** Everything the build is made from; a change in any of it makes a new build. */
const buildInputs = ["src", "scripts", "package-lock.json", "types", "tsconfig.json"];

function ensureBuild(node) {
  if (!existsSync(join(root, "tsconfig.json"))) return; // a package ships its build
  const wanted = fingerprintFiles(buildInputs);
  const stamp = join(root, "dist", ".stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Building …");
  rmSync(stamp, { force: true });
  const steps = [
    [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", join(root, "tsconfig.json")],
    [join(root, "scripts", "build-fonts.mjs")],
    [join(root, "scripts", "build-assets.mjs")],
  ];
  for (const step of steps) {
    const done = spawnSync(node, step, { cwd: root, stdio: ["ignore", 2, 2] });
    if (done.status !== 0) fail(`The build failed at ${step[0].slice(root.length + 1)}.`);
  }
  writeFileSync(stamp, wanted);
}

/** Names, sizes and times of all files below the given paths: cheap, and different after any edit. */
function fingerprintFiles(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!path.includes(".test."))
      hash.update(`${path.slice(root.length)}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest("hex");
}

/** Runs npm through the given Node, so that an old npm's resolution of "node" does not matter. */
export function runNpm(node, args, cwd) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  for (const name of Object.keys(env))
    if (/^npm_config_|^npm_lifecycle|^npm_package/i.test(name) && name !== "npm_config_registry")
      delete env[name];
  const cli = findNpmCli();
  if (cli) return spawnSync(node, [cli, ...args], { cwd, env, stdio: ["ignore", 2, 2] });
  return spawnSync("npm", args, { cwd, env, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
}

function findNpmCli() {
  const started = process.env.npm_execpath;
  const beside = join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js");
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm"));
  for (const candidate of [started, beside, ...onPath]) {
    if (!candidate || !existsSync(candidate)) continue;
    const real = realpathSync(candidate);
    if (real.endsWith("npm-cli.js")) return real;
  }
  return null;
}
