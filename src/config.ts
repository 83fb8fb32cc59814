// Settings: read from the environment and the command line, checked once, passed on as one value.
import { resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./lib/errors.ts";

const portSchema = z.coerce.number().int().min(0).max(65535);

const settingsSchema = z.object({
  BROADSHEET_DATA: z.string().min(1).default("./data"),
  BROADSHEET_HOST: z.string().min(1).default("127.0.0.1"),
  BROADSHEET_PORT: portSchema.default(8420),
  BROADSHEET_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  BROADSHEET_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BROADSHEET_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  BROADSHEET_MAIL_FROM: z.email().optional(),
  BROADSHEET_CATEGORIES: z.string().default("cs.AI,cs.CL,cs.CV,cs.IR,cs.LG,cs.RO,stat.ML"),
  BROADSHEET_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

/** What the command line may say instead of the environment. */
export interface ConfigFlags {
  data?: string;
  host?: string;
  port?: string;
}

export interface Config {
  dataFolder: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Address readers use, without trailing slash; null: http://host:port as bound. */
  publicUrl: string | null;
  databaseUrl: string | null;
  smtpUrl: string | null;
  /** Address letters come from. */
  mailFrom: string;
  /** arXiv categories whose announcements make an edition. */
  categories: string[];
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

/** Reads and checks every setting; flags win over the environment. Throws AppError "bad-setting" naming the setting. */
export function readConfig(env: NodeJS.ProcessEnv, flags: ConfigFlags = {}): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith("BROADSHEET_") && value !== ""),
  );
  const overrides = { BROADSHEET_DATA: flags.data, BROADSHEET_HOST: flags.host, BROADSHEET_PORT: flags.port };
  for (const [name, value] of Object.entries(overrides)) if (value !== undefined) given[name] = value;
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) throw settingError(parsed.error);
  const s = parsed.data;
  const publicUrl = s.BROADSHEET_PUBLIC_URL?.replace(/\/+$/, "") ?? null;
  return {
    dataFolder: resolve(s.BROADSHEET_DATA),
    host: s.BROADSHEET_HOST,
    port: s.BROADSHEET_PORT,
    publicUrl,
    databaseUrl: s.BROADSHEET_DATABASE_URL ?? null,
    smtpUrl: s.BROADSHEET_SMTP_URL ?? null,
    mailFrom: s.BROADSHEET_MAIL_FROM ?? `broadsheet@${publicUrl ? new URL(publicUrl).hostname : "localhost"}`,
    categories: s.BROADSHEET_CATEGORIES.split(/[\s,+]+/).filter(Boolean),
    logLevel: s.BROADSHEET_LOG_LEVEL,
  };
}

function settingError(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? "a setting");
  return new AppError("bad-setting", `${name} is not valid: ${issue?.message}.`, {
    remedy: "See docs/configuration.md for what it takes.",
  });
}
