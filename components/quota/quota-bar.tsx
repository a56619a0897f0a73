import { clsx } from "clsx";

interface QuotaBarProps {
  limit: number;
  used: number;
  /** Part of `used` that running tasks hold. */
  reserved?: number;
  /** What would come on top. */
  asked?: number;
  over?: boolean;
}

const width = 1000;
const height = 8;
/** What is there is seen, however small a share it is. */
const leastWidth = 8;

/**
 * Used, held by tasks and asked for, one behind the other, against the limit. For the eye only:
 * whoever shows it says the same in words beside it.
 */
export function QuotaBar({ limit, used, reserved = 0, asked = 0, over = false }: QuotaBarProps) {
  const more = Math.max(0, asked);
  const whole = Math.max(limit, used + more, Number.MIN_VALUE);
  const at = (amount: number) => (width * amount) / whole;
  const wide = (amount: number) => (amount > 0 ? Math.max(leastWidth, at(amount)) : 0);
  const firm = used - reserved;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={clsx("h-2 w-full rounded-sm bg-line", over ? "text-bad" : "text-accent")}
    >
      <rect width={wide(firm)} height={height} fill="currentColor" />
      <rect
        x={at(firm)}
        width={wide(reserved)}
        height={height}
        fill="currentColor"
        fillOpacity="0.6"
      />
      <rect
        x={at(used)}
        width={wide(more)}
        height={height}
        fill="currentColor"
        fillOpacity="0.35"
      />
    </svg>
  );
}
