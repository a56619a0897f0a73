/**
 * A name over and over across a picture, so that a photograph of it tells by whom it was taken.
 * It is the browser that draws it: it deters, and hides from nobody who knows how to take it away.
 */
export function Watermark({ text }: { text: string }) {
  return (
    <div
      aria-hidden="true"
      data-testid="watermark"
      className="pointer-events-none absolute inset-0 select-none overflow-hidden mix-blend-difference"
    >
      <div className="-inset-1/2 -rotate-30 absolute flex flex-wrap content-start gap-x-16 gap-y-14">
        {Array.from({ length: 120 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all are the same.
          <span key={at} className="whitespace-nowrap text-13 text-white/25">
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}
