import { clsx } from "clsx";

interface ProgressProps {
  /** 0..100; null when it cannot be told. */
  percent: number | null;
  label: string;
  className?: string;
}

export function Progress({ percent, label, className }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      max={100}
      value={percent === null ? undefined : Math.max(0, Math.min(100, percent))}
      className={clsx("bar", className)}
    />
  );
}
