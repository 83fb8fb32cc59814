// Signs letters with DKIM (RFC 6376) where the owner has set a key. The list of signed headers is ours: the mail library's
// leaves out List-Unsubscribe-Post, and RFC 8058 §4 wants both List-Unsubscribe headers covered.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import DKIM from "nodemailer/lib/dkim";
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
  const privateKey = key.export({ type: "pkcs8", format: "pem" }).toString();
  const signer = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: signedHeaders.join(":"),
  });
  return {
    domain,
    selector,
    record: publicRecord(key),
    async sign(message) {
      const chunks: Buffer[] = [];
      for await (const chunk of signer.sign(message)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
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
