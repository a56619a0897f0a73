import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export const controlClass =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink placeholder:text-muted hover:border-muted aria-invalid:border-bad disabled:bg-raised disabled:text-muted max-md:text-base";

type InputProps = Omit<ComponentProps<"input">, "prefix"> & {
  /** A unit such as GiB, shown inside the right edge. */
  unit?: ReactNode;
};

export function Input({ className, unit, ...rest }: InputProps) {
  if (unit === undefined) return <input {...rest} className={clsx(controlClass, className)} />;
  return (
    <span className={clsx("relative block", className)}>
      <input {...rest} className={clsx(controlClass, "pr-12")} />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-13 text-muted"
      >
        {unit}
      </span>
    </span>
  );
}
