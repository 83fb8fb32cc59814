// Messages as mail servers send them back: delivery reports and complaints about one letter.

export interface ReturnedLetter {
  /** Where it arrives. */
  to: string;
  /** The reader's address as the report names it. */
  recipient: string;
  status?: string;
  diagnostic?: string;
  messageId?: string;
}

/** A delivery status notification (RFC 3464). */
export function bounceOf({ to, recipient, status = "5.1.1", diagnostic, messageId }: ReturnedLetter): Buffer {
  const words = diagnostic ?? `550 ${status} <${recipient}>: User unknown`;
  return messageOf([
    "Return-Path: <>",
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain",
    "",
    "It could not be delivered.",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.net",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${words}`,
    ...enclosed("b1", messageId),
  ]);
}

/** An abuse report (RFC 5965). */
export function complaintOf({ to, recipient, messageId }: ReturnedLetter): Buffer {
  return messageOf([
    "From: feedback@arf.example.net",
    `To: ${to}`,
    "Subject: FW: your letter",
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"',
    "",
    "--b1",
    "Content-Type: message/feedback-report",
    "",
    "Feedback-Type: abuse",
    "Version: 1",
    `Original-Rcpt-To: ${recipient}`,
    ...enclosed("b1", messageId),
  ]);
}

function enclosed(boundary: string, messageId: string | undefined): string[] {
  const id = messageId ? [`Message-ID: ${messageId}`] : [];
  return [
    `--${boundary}`,
    "Content-Type: message/rfc822",
    "",
    ...id,
    "Subject: x",
    "",
    "x",
    `--${boundary}--`,
  ];
}

function messageOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join("\r\n")}\r\n`);
}
