"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export interface NavItem {
  href: string;
  label: string;
  icon: ReactNode;
}

const looks = {
  side: {
    list: "flex flex-col gap-0.5",
    link: "flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-13 [&>svg]:size-4",
    current: "bg-accent-soft text-accent-text",
    other: "text-muted hover:bg-raised hover:text-ink",
  },
  bottom: {
    list: "grid auto-cols-fr grid-flow-col",
    link: "flex h-14 flex-col items-center justify-center gap-1 font-medium text-xs [&>svg]:size-5",
    current: "text-accent-text",
    other: "text-muted",
  },
} as const;

/** The area's pages: in the left bar, or along the bottom edge of a phone. */
export function NavLinks({ items, look }: { items: NavItem[]; look: keyof typeof looks }) {
  const pathname = usePathname();
  const { list, link, current, other } = looks[look];
  return (
    <ul className={list}>
      {items.map(({ href, label, icon }) => {
        const here = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={here ? "page" : undefined}
              className={clsx(link, here ? current : other)}
            >
              {icon}
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
