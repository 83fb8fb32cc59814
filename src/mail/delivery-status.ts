// Reads the machine's part of a report: message/delivery-status (RFC 3464) and message/feedback-report (RFC 5965), which
// are both groups of header-like fields.

/** Fields of one group by lower-case name, repeated ones in order. */
export type FieldGroup = Map<string, string[]>;

/** Groups are separated by blank lines; lines that are no field are passed over. Pure. */
export function parseFieldGroups(text: string): FieldGroup[] {
  const groups = text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n+/)
    .map(parseFields);
  return groups.filter((group) => group.size > 0);
}

function parseFields(text: string): FieldGroup {
  const fields: FieldGroup = new Map();
  for (const line of text.replace(/\n[ \t]+/g, " ").split("\n")) {
    const match = /^([!-9;-~]{1,60})[ \t]*:[ \t]*(.*)$/.exec(line);
    if (!match) continue;
    const name = match[1]!.toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), match[2]!.trim()]);
  }
  return fields;
}

export interface RecipientStatus {
  /** Original-Recipient and Final-Recipient, those that are mail addresses, as given. */
  addresses: string[];
  /** "failed", "delayed", "delivered", "relayed", "expanded"; lower case. */
  action: string;
  status: string | null;
  diagnostic: string | null;
}

/** The recipients of a delivery status, in order. Pure. */
export function parseDeliveryStatus(text: string): RecipientStatus[] {
  return parseFieldGroups(text)
    .filter((fields) => fields.has("final-recipient") || (fields.has("action") && fields.has("status")))
    .map((fields) => ({
      addresses: ["original-recipient", "final-recipient"].flatMap((name) => addressOf(fields.get(name))),
      action: (fields.get("action")?.[0] ?? "").toLowerCase().split(/[\s(]/)[0]!,
      status: fields.get("status")?.[0] ?? null,
      diagnostic: fields.get("diagnostic-code")?.[0]?.replace(/^[\w-]+ *; */, "") ?? null,
    }));
}

/** "rfc822; <ada@example.org>" -> "ada@example.org" */
function addressOf(values: readonly string[] | undefined): string[] {
  const value = values?.[0]?.replace(/^[\w-]+ *; */, "").replace(/^<|>$/g, "");
  return value?.includes("@") ? [value] : [];
}
