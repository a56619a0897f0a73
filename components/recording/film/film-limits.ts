/** What a film may be: it is made in the browser's memory. */
export const filmLimits = {
  bytes: 64 * 1024 * 1024,
  lengthMs: 30 * 60_000,
  pixels: 4096 * 2304,
} as const;
