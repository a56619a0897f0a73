import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

type RadioCardProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** A radio button as a card; put several with one `name` into a `fieldset`. */
export function RadioCard({ label, hint, className, ...rest }: RadioCardProps) {
  return (
    <label
      className={clsx(
        "relative flex cursor-pointer gap-2.5 rounded-md border border-line-strong bg-surface px-3 py-2.5",
        "hover:border-muted has-checked:border-accent-text has-checked:bg-accent-soft",
        "has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
        "has-disabled:cursor-not-allowed has-disabled:opacity-60",
        className,
      )}
    >
      <input {...rest} type="radio" className="mt-0.5 size-4 shrink-0 accent-accent outline-none" />
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className="font-medium text-13">{label}</span>
        {hint && <span className="text-13 text-muted">{hint}</span>}
      </span>
    </label>
  );
}
