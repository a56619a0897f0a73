import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

interface TooltipProps {
  text: ReactNode;
  className?: string;
  /** Gets the id to put into the control's `aria-describedby`. */
  children: (describedBy: string) => ReactNode;
}

/** A short explanation on hover and on keyboard focus; styled by `.tip` without any script. */
export function Tooltip({ text, className, children }: TooltipProps) {
  const id = useId();
  return (
    <span className={clsx("tip-host relative inline-flex", className)}>
      {children(id)}
      <span role="tooltip" id={id} className="tip">
        {text}
      </span>
    </span>
  );
}
