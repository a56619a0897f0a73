"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface BarButtonProps {
  label: string;
  /** Given for toggles. */
  pressed?: boolean;
  disabled?: boolean;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}

/** An icon of the console's bar, with its name for those who do not see it. */
export function BarButton(props: BarButtonProps) {
  const { label, pressed, disabled, className, onClick, children } = props;
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className={clsx(pressed && "bg-accent-soft text-accent-text", className)}
    >
      {children}
    </Button>
  );
}
