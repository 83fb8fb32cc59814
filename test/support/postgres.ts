// A PostgreSQL server of our own for the tests: a fresh cluster in a temporary folder, on a socket and a free port, gone afterwards.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PostgresServer {
  /** postgres://… without a database name. */
  url: string;
  stop(): Promise<void>;
}

/** Folder of initdb and postgres, or null when PostgreSQL is not installed. */
export function findPostgresPrograms(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/usr/bin",
  ];
  return (
    folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ??
    null
  );
}

export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-postgres-"));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) chownSync(folder, Number(idOf("postgres", "-u")), Number(idOf("postgres", "-g")));
  // PostgreSQL refuses to run as root; Debian's package brings the user "postgres".
  const command = (program: string, args: string[]): [string, string[]] =>
    asRoot
      ? ["runuser", ["-u", "postgres", "--", join(programs, program), ...args]]
      : [join(programs, program), args];
  const data = join(folder, "data");
  execFileSync(
    ...command("initdb", [
      "-D",
      data,
      "-U",
      "broadsheet",
      "--auth=trust",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
    ]),
    {
      stdio: "ignore",
      cwd: folder,
    },
  );
  const port = await freePort();
  const settings = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    // Databases here are emptied and filled within seconds; counts taken between the two mislead the planner for minutes.
    "autovacuum=off",
  ].flatMap((s) => ["-c", s]);
  const server = spawn(
    ...command("postgres", ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, ...settings]),
    {
      stdio: "ignore",
      cwd: folder,
    },
  );
  const url = `postgres://broadsheet@127.0.0.1:${port}`;
  await untilReady(join(programs, "pg_isready"), port);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      if (asRoot) execFileSync("pkill", ["-INT", "-f", `postgres -D ${data}`], { stdio: "ignore" });
      else server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(user: string, option: "-u" | "-g"): string {
  return execFileSync("id", [option, user], { encoding: "utf8" }).trim();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(program: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      execFileSync(program, ["-h", "127.0.0.1", "-p", String(port), "-q"], { stdio: "ignore" });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("PostgreSQL did not become ready within 20 s.");
}
