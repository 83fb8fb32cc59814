// Signatures as Standard Webhooks 1.0 has them (standardwebhooks.com): HMAC-SHA256 over id, time and body.
import { createHash, createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** "whsec_" and 32 random bytes in base64. */
export function newSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

/** The same at every attempt, so that a receiver can tell a repeat. */
export function messageIdOf(webhookId: string, issue: string): string {
  return `msg_${createHash("sha256").update(`${webhookId}\n${issue}`).digest("hex").slice(0, 32)}`;
}

export interface SignedMessage {
  id: string;
  body: string;
  secret: string;
}

/** The headers webhook-id, webhook-timestamp and webhook-signature. */
export function signatureHeaders({ id, body, secret }: SignedMessage, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
