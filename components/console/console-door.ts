import type { ComponentProps } from "react";
import type { Link } from "@/components/ui/link";
import type { GuestNow } from "./connection-state";
import { beginConsole } from "./head-start";
import { preloadConsole } from "./preload-console";
import { forgetPointer, prepareTicket } from "./prepared-ticket";

type Door = { href: string } & Pick<
  ComponentProps<typeof Link>,
  "whole" | "onPointerEnter" | "onPointerLeave" | "onFocus" | "onNavigate"
>;

/**
 * What a link to a guest's console is made of: pointing at it fetches everything that the page
 * needs, following it opens the screen at once.
 */
export function consoleDoor(href: string, guest: GuestNow): Door {
  return {
    href,
    whole: true,
    onPointerEnter() {
      preloadConsole();
      prepareTicket(href, guest);
    },
    onPointerLeave: forgetPointer,
    onFocus: preloadConsole,
    onNavigate: () => beginConsole(href, guest),
  };
}
