import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  /** Keeps the label for screen readers only, as in a table's selection column. */
  labelHidden?: boolean;
};

export function Checkbox({ label, hint, labelHidden = false, className, ...rest }: CheckboxProps) {
  return (
    <label className={clsx("inline-flex items-start gap-2 align-middle", className)}>
      <input
        {...rest}
        type="checkbox"
        className={clsx("size-4 shrink-0 accent-accent", !labelHidden && "mt-0.5")}
      />
      <span className={labelHidden ? "sr-only" : "flex flex-col"}>
        {label}
        {hint && <span className="text-13 text-muted">{hint}</span>}
      </span>
    </label>
  );
}
