// Which requests count as one asker's: an address of IPv4, or the half of IPv6 that one household has.
import { isIPv6 } from "node:net";

/** The address; of IPv6 its first 64 bits. An IPv4 address written as IPv6 is that address. */
export function networkKey(network: string): string {
  const plain = network.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail = ""] = plain.split("::");
  const front = head.split(":").filter(Boolean);
  const back = tail.split(":").filter(Boolean);
  const middle = plain.includes("::")
    ? Array.from({ length: 8 - front.length - back.length }, () => "0")
    : [];
  return [...front, ...middle, ...back]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":");
}
