"use client";

import type { ComponentProps } from "react";
import { LinkButton } from "./link-button";
import { ReasonButton } from "./reason-button";

type ReasonLinkProps = ComponentProps<typeof LinkButton> & {
  /** Why there is nothing to do behind it for this person; null when there is. */
  disabledReason: string | null;
  align?: "center" | "end";
};

/** A link that looks like a button; when it leads to what may not be done, it stays and says why. */
export function ReasonLink({ disabledReason, align, ...link }: ReasonLinkProps) {
  if (disabledReason === null) return <LinkButton {...link} />;
  const { variant, size, icon, className, children } = link;
  return (
    <ReasonButton {...{ variant, size, icon, className, align, disabledReason }}>
      {children}
    </ReasonButton>
  );
}
