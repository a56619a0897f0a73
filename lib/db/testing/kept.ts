/** How long what was made is new enough: people in it have proved who they are just now. */
const keptMs = 5 * 60_000;

/** Makes something once for many tests, and anew when it has grown old. */
export function kept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: { value: Promise<T>; at: number } | undefined;
  return () => {
    const now = performance.now();
    if (made === undefined || now - made.at > keptMs) made = { value: make(), at: now };
    return made.value;
  };
}
