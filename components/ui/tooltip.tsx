import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

interface TooltipProps {
  text: ReactNode;
  className?: string;
  /** `end` where the control stands at the right edge. */
  align?: "center" | "end" | undefined;
  /** Gets the id to put into the control's `aria-describedby`. */
  children: (describedBy: string) => ReactNode;
}

/** A short explanation on hover and on keyboard focus; styled by `.tip` without any script. */
export function Tooltip({ text, className, align, children }: TooltipProps) {
  const id = useId();
  return (
    <span className={clsx("tip-host relative inline-flex", className)}>
      {children(id)}
      <span role="tooltip" id={id} className={clsx("tip", align === "end" && "tip-end")}>
        {text}
      </span>
    </span>
  );
}
