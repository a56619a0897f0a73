import type { ComponentProps } from "react";
import { Button } from "./button";
import { Tooltip } from "./tooltip";

type ReasonButtonProps = ComponentProps<typeof Button> & {
  /** Why the button cannot be used now; null or undefined when it can. */
  disabledReason?: string | null | undefined;
  /** Of the explanation; `end` where the button stands at the right edge. */
  align?: "center" | "end";
};

/** A button that, when it cannot be used, stays reachable and says why. */
export function ReasonButton({ disabledReason, align, onClick, ...rest }: ReasonButtonProps) {
  if (!disabledReason) return <Button {...rest} onClick={onClick} />;
  return (
    <Tooltip text={disabledReason} align={align}>
      {(describedBy) => (
        <Button
          {...rest}
          type="button"
          aria-disabled
          aria-describedby={describedBy}
          onClick={(event) => event.preventDefault()}
        />
      )}
    </Tooltip>
  );
}
