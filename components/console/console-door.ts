import type { ComponentProps } from "react";
import type { Link } from "@/components/ui/link";
import type { GuestNow } from "./connection-state";
import { beginConsole } from "./head-start";
import { preloadConsole } from "./no-vnc";

type Door = { href: string } & Pick<
  ComponentProps<typeof Link>,
  "whole" | "onPointerEnter" | "onFocus" | "onNavigate"
>;

/**
 * What a link to a guest's console is made of: pointing at it fetches everything that the page
 * needs, following it opens the screen at once.
 */
export function consoleDoor(href: string, guest: GuestNow): Door {
  return {
    href,
    whole: true,
    onPointerEnter: preloadConsole,
    onFocus: preloadConsole,
    onNavigate: () => beginConsole(href, guest),
  };
}
