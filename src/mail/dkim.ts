// Signs letters with DKIM (RFC 6376) where the owner has set a key; both List-Unsubscribe headers are covered, as RFC 8058 §4
// wants. Done here and not by the mail library, whose streams take longer than the signature itself.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { AppError } from "../lib/errors.ts";

/** In the order of the h= tag. Headers that a message lacks are left out of it. */
export const signedHeaders = [
  "From",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Auto-Submitted",
  "Precedence",
  "List-Id",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Feedback-ID",
] as const;

export interface DkimSettings {
  /** File with an RSA private key, PEM. */
  keyFile: string;
  selector: string;
  /** d=, that of the address in From. */
  domain: string;
}

export interface DkimSigner {
  domain: string;
  selector: string;
  /** What to publish at SELECTOR._domainkey.DOMAIN. */
  record: string;
  /** The message with its signature before it. */
  sign(message: Buffer): Promise<Buffer>;
}

/** Shorter keys are refused by receivers (RFC 8301 §3.2). */
const leastBits = 1024;

/** Throws AppError "bad-setting" for a key that cannot be read or used. */
export function openDkim({ keyFile, selector, domain }: DkimSettings): DkimSigner {
  const key = readKey(keyFile);
  return {
    domain,
    selector,
    record: publicRecord(key),
    async sign(message) {
      const { names, headers, body } = canonicalise(message.toString("latin1"));
      const hash = createHash("sha256").update(body, "latin1").digest("base64");
      const tags = ["v=1", "a=rsa-sha256", "c=relaxed/relaxed", `d=${domain}`, "q=dns/txt", `s=${selector}`];
      const field = [...tags, `h=${names.join(": ")}`, `bh=${hash}`, "b="].join("; ");
      const signature = await signRsa(
        "RSA-SHA256",
        Buffer.from(`${headers}dkim-signature:${field}`, "latin1"),
        key,
      );
      const line = foldSignature(`DKIM-Signature: ${field}`, signature.toString("base64"));
      return Buffer.concat([Buffer.from(`${line}\r\n`, "latin1"), message]);
    },
  };
}

const signRsa = promisify(sign);

/** RFC 6376 §3.4.2 and §3.4.4, of a message in which every header stands once. */
function canonicalise(message: string): { names: string[]; headers: string; body: string } {
  const end = message.indexOf("\r\n\r\n");
  const fields = message
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, "")
    .split("\r\n");
  const byName = new Map(
    fields.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).trim().toLowerCase(), field.slice(colon + 1)] as const;
    }),
  );
  const names = signedHeaders.map((name) => name.toLowerCase()).filter((name) => byName.has(name));
  const headers = names.map(
    (name) =>
      `${name}:${byName
        .get(name)!
        .replace(/[ \t]+/g, " ")
        .trim()}\r\n`,
  );
  const lines = message
    .slice(end + 4)
    .replace(/[ \t]+/g, " ")
    .replace(/ (?=\r\n)/g, "");
  const body = lines.replace(/(?:\r\n)+$/, "");
  return { names, headers: headers.join(""), body: body === "" ? "" : `${body}\r\n` };
}

/** A fold where a blank stood changes nothing in the relaxed form, and white space in b= never counts (§3.5). */
function foldSignature(field: string, signature: string): string {
  const lines = field.match(/(?:.{1,75}|\S+)(?: |$)/g) ?? [];
  return [...lines.map((line) => line.trimEnd()), ...(signature.match(/.{1,72}/g) ?? [])].join("\r\n ");
}

function readKey(path: string): KeyObject {
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    throw keyError(`names a file that cannot be read (${path}: ${(error as NodeJS.ErrnoException).code})`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw keyError(`names a file that is not a private key without passphrase, in PEM (${path})`);
  }
  if (key.asymmetricKeyType !== "rsa") throw keyError("takes an RSA key; many receivers know no other yet");
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastBits) throw keyError(`names a key of ${bits} bits; receivers want ${leastBits} or more`);
  return key;
}

function keyError(what: string): AppError {
  return new AppError("bad-setting", `BROADSHEET_DKIM_KEY ${what}.`, {
    remedy: "Make one: openssl genrsa -out dkim.pem 2048",
  });
}

/** RFC 6376 §3.6.1. */
function publicRecord(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return `v=DKIM1; k=rsa; p=${der.toString("base64")}`;
}
