/** Close codes of RFC 6455 §7.4.1 that this library sends by itself. */
export const closeCode = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  invalidPayload: 1007,
  policyViolation: 1008,
  tooBig: 1009,
} as const;

/** Whether a peer may put the code into a close frame: 1005, 1006 and 1015 exist only locally. */
export function isCloseCodeValid(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}
