/** For an operation whose answer has no body. */
export async function noContent(work: Promise<void>): Promise<undefined> {
  await work;
  return undefined;
}
