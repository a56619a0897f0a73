/** What recognition says of a picture: pieces of it, their paragraphs and lines. */
interface RecognisedBlock {
  paragraphs: { lines: { text: string; confidence: number }[] }[];
}

/** Of a hundred; below it are icons and frames that were taken for letters. */
const leastConfidence = 40;

/** The lines of a picture, with an empty one between paragraphs. */
export function linesOf(blocks: readonly RecognisedBlock[] | null): string[] {
  const paragraphs = (blocks ?? [])
    .flatMap((block) => block.paragraphs)
    .map(({ lines }) =>
      lines
        .filter(({ confidence }) => confidence >= leastConfidence)
        // The sides of a box are no letters.
        .map(({ text }) => text.replace(/^[\s|]+|[\s|]+$/g, ""))
        .filter((text) => /[\p{L}\p{N}]/u.test(text)),
    )
    .filter((lines) => lines.length > 0);
  return paragraphs.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}
