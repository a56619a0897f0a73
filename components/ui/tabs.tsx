"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import { withBase } from "@/lib/base-path";

interface TabsProps {
  /** Name of this navigation, for screen readers. */
  label: string;
  items: ({ href: string; label: ReactNode; exact?: boolean } & Pick<
    ComponentProps<typeof Link>,
    "whole" | "onPointerEnter" | "onPointerLeave" | "onNavigate"
  >)[];
}

/** Tabs that are links: each has its own URL, and the back button works. */
export function Tabs({ label, items }: TabsProps) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);

  // On a phone they are wider than the screen: the one that is open must be in sight.
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>(`[href="${withBase(pathname)}"]`);
    if (!nav.current || !open) return;
    nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.offsetWidth) / 2;
  }, [pathname]);

  return (
    <nav ref={nav} aria-label={label} className="-mb-px relative flex gap-1 overflow-x-auto">
      {items.map(({ href, label: text, exact, ...link }) => {
        const current = exact ? pathname === href : pathname.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            {...link}
            aria-current={current ? "page" : undefined}
            className={clsx(
              "-outline-offset-2 flex h-10 items-center whitespace-nowrap border-b-2 px-3 font-medium text-13",
              current
                ? "border-accent-text text-ink"
                : "border-transparent text-muted hover:border-line-strong hover:text-ink",
            )}
          >
            {text}
          </Link>
        );
      })}
    </nav>
  );
}
