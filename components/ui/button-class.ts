import { clsx } from "clsx";

export interface ButtonLook {
  variant?: "primary" | "secondary" | "ghost" | "danger" | "dangerQuiet" | undefined;
  size?: "sm" | "md" | "icon" | undefined;
}

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-raised",
  ghost: "text-ink hover:bg-raised",
  danger: "bg-bad-fill text-white hover:opacity-90",
  /** Leads to a danger, but is none yet: a question comes first. */
  dangerQuiet: "bg-surface text-bad-text border border-line-strong hover:bg-bad-soft",
} as const;

const sizes = {
  sm: "h-8 px-3 text-13",
  md: "h-9 px-4 text-sm",
  icon: "size-8 justify-center",
} as const;

/** The look shared by buttons and by links that look like buttons. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook): string {
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium",
    "transition-colors aria-busy:opacity-70 disabled:opacity-55 aria-disabled:opacity-55",
    "[&>svg]:size-4 [&>svg]:shrink-0",
    variants[variant],
    sizes[size],
  );
}
