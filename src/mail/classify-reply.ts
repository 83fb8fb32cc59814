// What a mail server's refusal says: of the address (hard), of the moment (soft), or of us (blocked). By status (RFC 3463),
// reply code (RFC 5321) and words, in that trust: many servers give one code for everything and say the truth in words.

/** hard: nobody can be reached there. soft: not now. blocked: not from us, or not this letter; no fault of the reader's. */
export type ReplyClass = "hard" | "soft" | "blocked";

export interface ServerReply {
  /** "5.1.1", as a field of its own; null when there is none. */
  status: string | null;
  /** The server's words, with or without codes in them. */
  text: string;
  /** Refused at RCPT TO: then a refusal without more is about the recipient. */
  atRecipient?: boolean;
}

/** As much as is looked at. */
const mostText = 4_000;

/** Refusals that name the sender: they would otherwise read like those that name the recipient. */
const aboutUs = [
  /\b(sender|return path|envelope from|from address)\b.{0,60}\b(rejected|denied|invalid|unknown|not exist|not verif|could not be verified)/,
  /\bmail from\b.{0,60}\b(rejected|denied|refused)/,
  /\b(spf|dkim|dmarc)\b/,
];

/** Nobody there, said outright. */
const nobody = [
  /\b(unknown|no such|invalid|non-?existent|nonexisting|unrout(e)?able) (local )?(user|address|recipient|mailbox|account|person|local.?part|domain|host)\b/,
  /\b(user|recipient|mailbox|account|address|local.?part|addressee)\b.{0,40}\b(unknown|not found|invalid|no longer|inactive|disabled|deactivated|suspended|closed|expired|not known|not listed|terminated)\b/,
  /\b(user|recipient|mailbox|account|address|domain|host)\b.{0,60}\b(does(n.?t| not) exist|do(n.?t| not) exist|did not exist|(couldn.?t|could not|wasn.?t|was not) (be )?found)/,
  /\b(doesn.?t|does not|don.?t|do not) have an? .{0,40}\b(account|mailbox)\b/,
  /\brecip(ient)?notfound\b/,
  /\bno (mailbox|user|recipient|account)\b.{0,30}\b(here|by that name|with that name|exists)\b/,
  /\bnot (a|our) (valid |known |local )?(user|mailbox|customer|recipient)\b/,
  /\bhost (or domain name )?not found\b/,
];

/** Of the recipient, but without the reason: a status of policy says more. */
const unwelcome = [/\b(recipient|user|mailbox|address)( address)? (is )?(rejected|unavailable|refused)\b/];

const full = [
  /\b(mail ?box|inbox|mailfolder|account|user|recipient|maildir)\b.{0,40}\b(is full|full|over (its )?quota|overquota|quota|exceed)/,
  /\b(over ?quota|quota (has been |is )?exceeded|exceed(s|ed|ing)? .{0,30}(quota|storage)|exceeded storage)\b/,
  /\b(insufficient|not enough) (system |disk )?(storage|space)\b/,
];

const policy =
  /\b(spam|ube|unsolicited|black ?list(ed)?|block ?list(ed)?|blocked|banned|dnsbl|rbl|reputation|policy|virus|access denied|not authori[sz]ed|not permitted|prohibited|header error|relay(ing)?|authentication|listed (at|in|on|by)|smtp server of your|(message|content|mail) (content )?(rejected|refused))\b/;

/** Statuses that say nobody is there; 5.1.7 and 5.1.8 speak of the sender's address. */
const hardStatus = /^5\.(1\.(?!7$|8$)\d+|2\.1|4\.[14])$/;
const fullStatus = /^5\.2\.2$/;
/** Policy, the sender's address, and letters that are too long or made in a way the server cannot take. */
const blockedStatus = /^5\.(7\.\d+|1\.[78]|2\.3|3\.4|6\.\d+)$/;

/** Pure. */
export function classifyReply({ status, text, atRecipient = false }: ServerReply): ReplyClass {
  const told = text.slice(0, mostText);
  const precise = preciseStatus(status, told);
  const code = findReplyCode(told);
  if (precise?.startsWith("4.") || (isVague(precise) && code !== null && code < 500)) return "soft";
  const words = wordsOf(told);
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(words));
  if (says(aboutUs)) return "blocked";
  if (says(nobody)) return "hard";
  if (says(full) || fullStatus.test(precise ?? "")) return "soft";
  if (blockedStatus.test(precise ?? "")) return "blocked";
  if (says(unwelcome)) return "hard";
  if (policy.test(words)) return "blocked";
  if (hardStatus.test(precise ?? "")) return "hard";
  return isVague(precise) && isRefusal(code, atRecipient) ? "hard" : "soft";
}

/** 550, 551, 553 are about a mailbox; others only when the recipient was refused. 552 is a full one. */
function isRefusal(code: number | null, atRecipient: boolean): boolean {
  if (code === null || code === 552) return false;
  return atRecipient || code === 550 || code === 551 || code === 553;
}

function isVague(status: string | null): boolean {
  return status === null || /^[45]\.0\.0$/.test(status);
}

/** The status field, or the one in the words where the field says nothing ("5.0.0"). */
function preciseStatus(status: string | null, text: string): string | null {
  const given = status === null ? null : findStatus(status);
  return isVague(given) ? (findStatus(text) ?? given) : given;
}

/** An enhanced status anywhere in the text; not a part of an internet address or a version. */
export function findStatus(text: string): string | null {
  return /(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)/.exec(text)?.[1] ?? null;
}

/** The first reply code, at the start of a word and before its text. */
export function findReplyCode(text: string): number | null {
  const match = /(?<![\d.])([45]\d\d)(?=[ -]|$)/.exec(text);
  return match ? Number(match[1]) : null;
}

/** In lower case, without addresses and links, which their owners may have named anything. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/https?:\/\/\S+|<[^<>]{1,200}>|[^\s<>"']{1,200}@[^\s<>"']{1,200}/g, " ")
    .replace(/[\s_]+/g, " ");
}
