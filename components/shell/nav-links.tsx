"use client";

import { clsx } from "clsx";
import { Ellipsis } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Menu, MenuItem } from "@/components/ui/menu";

export interface NavItem {
  href: string;
  label: string;
  icon: ReactNode;
  /** The pages below it are not part of it. */
  exact?: boolean;
}

/** As many as a thumb can tell apart on a phone of 390 px. */
const bottomPlaces = 5;

function isHere(pathname: string, { href, exact }: NavItem): boolean {
  return pathname === href || (!exact && pathname.startsWith(`${href}/`));
}

/** The area's pages in the left bar. */
export function SideLinks({ items }: { items: NavItem[] }) {
  const pathname = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map((item) => {
        const here = isHere(pathname, item);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={here ? "page" : undefined}
              className={clsx(
                "flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-13 [&>svg]:size-4",
                here
                  ? "bg-accent-soft text-accent-text"
                  : "text-muted hover:bg-raised hover:text-ink",
              )}
            >
              {item.icon}
              {item.label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The same along the bottom edge of a phone; what has no place there is behind "More". */
export function BottomLinks({ items }: { items: NavItem[] }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const router = useRouter();
  const shown = items.length > bottomPlaces ? items.slice(0, bottomPlaces - 1) : items;
  const rest = items.slice(shown.length);
  const restIsHere = rest.some((item) => isHere(pathname, item));
  return (
    <ul className="grid auto-cols-fr grid-flow-col">
      {shown.map((item) => {
        const here = isHere(pathname, item);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={here ? "page" : undefined}
              className={clsx(
                "flex h-14 flex-col items-center justify-center gap-1 font-medium text-xs [&>svg]:size-5",
                here ? "text-accent-text" : "text-muted",
              )}
            >
              {item.icon}
              {item.label}
            </Link>
          </li>
        );
      })}
      {rest.length > 0 && (
        <li>
          <Menu
            variant="ghost"
            className={clsx(
              "w-full rounded-none [&]:h-14 [&]:flex-col [&]:gap-1 [&]:px-0 [&]:text-xs [&>svg]:size-5",
              restIsHere ? "[&]:text-accent-text" : "[&]:text-muted",
            )}
            trigger={
              <>
                <Ellipsis aria-hidden="true" />
                {t("more")}
              </>
            }
          >
            {rest.map((item) => (
              <MenuItem
                key={item.href}
                icon={item.icon}
                aria-current={isHere(pathname, item) ? "page" : undefined}
                onSelect={() => router.push(item.href)}
              >
                {item.label}
              </MenuItem>
            ))}
          </Menu>
        </li>
      )}
    </ul>
  );
}
