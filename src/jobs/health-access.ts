// Looks at what decides who comes in: an owner where others can reach the pages, https, the proxies that are believed.

import { isSecure } from "../accounts/accounts.ts";
import { hasOwner } from "../accounts/accounts-store.ts";
import type { Db } from "../database/dialect.ts";
import type { HealthCheck } from "./health.ts";

export interface AccessSettings {
  host: string;
  publicUrl: string | null;
  trustedProxies: readonly string[];
  private: boolean;
  mailDomains: readonly string[];
  smtpUrl: string | null;
  /** True when others than the people at this machine can reach the pages. */
  reachable: boolean;
}

/** Changes nothing. */
export async function checkAccess(db: Db, settings: AccessSettings): Promise<HealthCheck[]> {
  return [
    await checkOwner(db, settings),
    checkCookies(settings),
    checkProxies(settings),
    checkDomains(settings),
  ];
}

async function checkOwner(db: Db, { reachable }: AccessSettings): Promise<HealthCheck> {
  const name = "owner";
  if (await hasOwner(db)) return { name, state: "ok", message: "an account owns this instance" };
  if (!reachable)
    return { name, state: "ok", message: "whoever sits at this machine; nobody else can reach the pages" };
  const remedy = "Print a code with accounts owner-code, and enter it at /set-up.";
  return { name, state: "warning", message: "others can reach the pages, and nobody owns them yet", remedy };
}

/** Cookies are Secure and bound to the host as soon as the public address begins with https. */
function checkCookies({ publicUrl, reachable }: AccessSettings): HealthCheck {
  const name = "cookies";
  if (publicUrl !== null && isSecure(publicUrl))
    return { name, state: "ok", message: "sent over https only, bound to the host" };
  if (!reachable) return { name, state: "ok", message: "of this machine only, so https is not needed" };
  const remedy =
    "Put a reverse proxy with a certificate in front, and set BROADSHEET_PUBLIC_URL to its https address.";
  return {
    name,
    state: "warning",
    message: "sent over plain http: whoever is on the way can read them",
    remedy,
  };
}

function checkProxies({ trustedProxies }: AccessSettings): HealthCheck {
  const name = "proxies";
  const wide = trustedProxies.find((network) => /\/[0-7]$/.test(network));
  if (wide !== undefined) {
    const remedy = "Name the addresses of your proxies alone in BROADSHEET_TRUSTED_PROXIES.";
    return { name, state: "warning", message: `${wide} believes half the world about who asks`, remedy };
  }
  const message = trustedProxies.length === 0 ? "none is believed" : `believed: ${trustedProxies.join(", ")}`;
  return { name, state: "ok", message };
}

function checkDomains({ mailDomains, smtpUrl, private: isPrivate }: AccessSettings): HealthCheck {
  const name = "who may join";
  const shown = isPrivate ? "; nothing is shown without signing in" : "; reading is open to all";
  if (mailDomains.length === 0) return { name, state: "ok", message: `by invitation${shown}` };
  const message = `by invitation, and every address of ${mailDomains.join(", ")}${shown}`;
  if (smtpUrl !== null) return { name, state: "ok", message };
  const remedy = "Set BROADSHEET_SMTP_URL: without letters nobody of these domains can sign in.";
  return { name, state: "warning", message, remedy };
}
