/** Waits for a condition, asking again after each turn of the event loop; fails by its deadline. */
export async function until(condition: () => boolean, deadlineMs = 120_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error("the state was not reached in time");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
