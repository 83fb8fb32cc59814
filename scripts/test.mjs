// npm test: sets everything up and runs everything; npm run check (--quick): the part that takes under a minute.
// The last line is "N passed, N failed". With CI=true nothing may be left out: what was skipped counts as failed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureNode, prepare, root, say } from "./setup.mjs";

const quick = process.argv.includes("--quick");
const inCi = process.env.CI === "true";

const node = ensureNode();
if (node !== process.execPath) {
  const again = spawnSync(node, process.argv.slice(1), { stdio: "inherit", env: withNodeOnPath() });
  process.exit(again.status ?? 1);
}
prepare(node);
const missing = quick ? [] : preparePackages();

const checks = [
  ["types", [bin("typescript/bin/tsc"), "-p", "tsconfig.test.json"]],
  ["lint and format", [bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings", "."]],
  ["unused code", [bin("knip/bin/knip.js")]],
];

const total = { passed: 0, failed: 0, skipped: 0 };
await Promise.all(checks.map(([name, command]) => runCheck(name, command)));
runTests();
finish();

function bin(path) {
  return join(root, "node_modules", path);
}

function withNodeOnPath() {
  return { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ""}` };
}

/** What it writes comes out in one piece, because the checks run side by side. */
async function runCheck(name, command) {
  const started = Date.now();
  const child = spawn(node, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: withNodeOnPath() });
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => written.push(chunk));
  const status = await new Promise((resolve) => {
    child.on("error", () => resolve(null));
    child.on("close", resolve);
  });
  const passed = status === 0;
  total[passed ? "passed" : "failed"] += 1;
  process.stderr.write(Buffer.concat(written));
  say(`${passed ? "ok    " : "FAILED"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/**
 * Runs the runner's projects in one go, so that a core that is done with one begins with the next, and adds the counts;
 * a runner that breaks off is a failure.
 */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-tests-"));
  const report = join(folder, "report.json");
  const args = [
    bin("vitest/vitest.mjs"),
    "run",
    ...(quick ? ["--project=unit"] : []),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const env = {
    ...withNodeOnPath(),
    ...(quick ? { BROADSHEET_TEST_POSTGRES: "none", BROADSHEET_TEST_QUICK: "yes", CI: "" } : {}),
  };
  const started = Date.now();
  const done = spawnSync(node, args, { cwd: root, stdio: ["ignore", 2, 2], env });
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  rmSync(folder, { recursive: true, force: true });
  total.passed += counts?.numPassedTests ?? 0;
  total.failed += counts?.numFailedTests ?? 0;
  total.skipped += (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
  // Errors outside tests (a file that does not load, an unhandled rejection) have no test to be counted with.
  if (done.status !== 0 && !(counts?.numFailedTests > 0)) total.failed += 1;
  say(`${done.status === 0 ? "ok    " : "FAILED"} tests (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function finish() {
  for (const line of missing) say(`NOT RUN: ${line}`);
  if (total.skipped > 0) say(`NOT RUN: ${total.skipped} tests were skipped; their files say why.`);
  if (inCi && !quick) total.failed += total.skipped + missing.length;
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Chromium and PostgreSQL: installed from Debian's packages where that is possible. Returns what stays missing. */
function preparePackages() {
  const wanted = [];
  if (!findBrowser())
    wanted.push([
      "chromium",
      "the browser tests (install Chromium or Chrome, or set BROADSHEET_CHROMIUM to its path)",
    ]);
  if (!findPostgres())
    wanted.push([
      "postgresql",
      "the tests on PostgreSQL (install PostgreSQL, e.g. Debian's package postgresql)",
    ]);
  if (wanted.length > 0 && existsSync("/usr/bin/apt-get")) installPackages(wanted.map(([name]) => name));
  return wanted
    .filter(([name]) => !(name === "chromium" ? findBrowser() : findPostgres()))
    .map(([, what]) => what);
}

function installPackages(names) {
  const asRoot = process.getuid?.() === 0;
  if (!asRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return;
  say(`Installing Debian packages: ${names.join(", ")} …`);
  const apt = (...args) => {
    const command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args];
    return (
      spawnSync(asRoot ? command[0] : "sudo", asRoot ? command.slice(1) : command, {
        stdio: ["ignore", "ignore", 2],
      }).status === 0
    );
  };
  if (!apt("update")) return;
  apt("install", "-y", "--no-install-recommends", ...names);
}

function findBrowser() {
  const places = [
    process.env.BROADSHEET_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const elsewhere = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return [...places, ...elsewhere].some((place) => place && existsSync(place));
}

function findPostgres() {
  const debian = "/usr/lib/postgresql";
  const folders = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, "bin"))
    : [];
  return [...folders, "/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"].some((folder) =>
    existsSync(join(folder, "initdb")),
  );
}
