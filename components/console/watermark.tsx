import { useId } from "react";

/** Of one repetition of the text, in CSS pixels; wide enough for the longest names. */
const tile = { width: 420, height: 110 } as const;

/**
 * A name over and over across a picture, so that a photograph of it tells by whom it was taken.
 * It is the browser that draws it: it deters, and stops nobody who knows how to take it away.
 */
export function Watermark({ text }: { text: string }) {
  const id = useId();
  return (
    <svg
      aria-hidden="true"
      data-testid="watermark"
      className="pointer-events-none absolute inset-0 size-full select-none mix-blend-difference"
    >
      <defs>
        <pattern id={id} {...tile} patternUnits="userSpaceOnUse" patternTransform="rotate(-30)">
          <text x="0" y="40" fontSize="13" fill="#fff" fillOpacity="0.3">
            {text}
          </text>
          <text x={tile.width / 2} y="95" fontSize="13" fill="#fff" fillOpacity="0.3">
            {text}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
