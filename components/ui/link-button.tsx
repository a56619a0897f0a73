import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { type ButtonLook, buttonClass } from "./button-class";

type LinkButtonProps = ComponentProps<typeof Link> & ButtonLook & { icon?: ReactNode };

/** A link that looks like a button: it goes somewhere, it does not do something. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={clsx(buttonClass({ variant, size }), className)}>
      {icon}
      {children}
    </Link>
  );
}
