// Takes in what came back to the Maildir of returned mail.
import { type ReturnsContext, recordReturnedMail } from "../digest/returns.ts";
import { readMaildir } from "../mail/maildir.ts";

/** Returns how many messages were looked at; ordinary mail and automatic replies among them change nothing. */
export function takeReturns(context: ReturnsContext, maildir: string, signal?: AbortSignal): Promise<number> {
  const take = async (raw: Buffer, name: string) => {
    const outcome = await recordReturnedMail(context, raw, "maildir");
    context.log.debug({ name, ...outcome }, "a message to the return address was read");
  };
  return readMaildir(maildir, take, signal);
}
