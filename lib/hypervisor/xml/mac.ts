import { createHash } from "node:crypto";

/**
 * The MAC address of a domain's nth NIC, derived from its UUID so that defining twice gives the
 * same card. 52:54 is the locally administered prefix of QEMU guests; 32 bits follow.
 */
export function macOf(uuid: string, index: number): string {
  const digest = createHash("sha256").update(`${uuid}/${index}`).digest();
  return ["52", "54", ...[...digest.subarray(0, 4)].map((byte) => hexByte(byte))].join(":");
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
