"use client";

import { clsx } from "clsx";
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { placeBeside } from "./place";

interface MenuProps extends ButtonLook {
  /** The trigger's content; give `label` when it is an icon alone. */
  trigger: ReactNode;
  label?: string;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return menu ? [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')] : [];
}

/**
 * A menu button after the WAI-ARIA pattern, on the browser's own popover: it leaves by Escape
 * or a click elsewhere and lies above everything. Arrow keys, Home, End and first letters move.
 */
export function Menu({
  trigger,
  label,
  align = "end",
  variant,
  size,
  className,
  children,
}: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  function onToggle(open: boolean) {
    button.current?.setAttribute("aria-expanded", String(open));
    if (!open || !menu.current || !button.current) return;
    placeBeside(menu.current, button.current, align);
    menu.current.style.opacity = "";
    itemsOf(menu.current)[0]?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const items = itemsOf(menu.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = nextItem(event.key, items, at);
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === "Tab") {
      menu.current?.hidePopover();
    }
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded="false"
        aria-label={label}
        title={label}
        className={clsx(buttonClass({ variant, size }), className)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          menu.current?.showPopover();
        }}
      >
        {trigger}
      </button>
      <div
        ref={menu}
        id={id}
        role="menu"
        // A long menu scrolls, and what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
        popover="auto"
        onBeforeToggle={(event) => {
          // Its size is known only once it is shown: unseen until it has its place.
          if (event.newState === "open") event.currentTarget.style.opacity = "0";
        }}
        onToggle={(event) => onToggle(event.newState === "open")}
        onKeyDown={onKeyDown}
        className="fixed inset-auto m-0 max-h-[70dvh] min-w-48 max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </>
  );
}

/** The item that a key leads to, or undefined when the key means nothing here. */
function nextItem(key: string, items: HTMLElement[], at: number): HTMLElement | undefined {
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items[(at - 1 + items.length) % items.length];
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return rest.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

type MenuItemProps = Omit<ComponentProps<"button">, "onSelect"> & {
  icon?: ReactNode;
  /** A word more, under the item's name and not part of it. */
  hint?: ReactNode;
  danger?: boolean;
  /** Makes the item unusable and says why, in place of the hint. */
  disabledReason?: string | null | undefined;
  checked?: boolean | undefined;
  onSelect: () => void;
};

/** Closes the item's menu and gives the focus back to the button that opened it. */
function leaveMenu(item: HTMLElement): void {
  const menu = item.closest<HTMLElement>("[popover]");
  menu?.hidePopover();
  document.querySelector<HTMLElement>(`[popovertarget="${menu?.id}"]`)?.focus();
}

export function MenuItem({
  icon,
  hint,
  danger = false,
  disabledReason,
  checked,
  onSelect,
  children,
  ...rest
}: MenuItemProps) {
  const id = useId();
  const note = disabledReason ?? hint;
  return (
    <button
      {...rest}
      type="button"
      {...(checked === undefined
        ? { role: "menuitem" }
        : { role: "menuitemradio", "aria-checked": checked })}
      aria-disabled={disabledReason ? true : undefined}
      aria-labelledby={`${id}-name`}
      aria-describedby={note ? `${id}-note` : undefined}
      tabIndex={-1}
      onClick={(event) => {
        if (disabledReason) return;
        leaveMenu(event.currentTarget);
        onSelect();
      }}
      className={clsx(
        "flex w-full items-start gap-2.5 rounded-md px-2.5 py-1.5 text-left outline-none max-md:py-2.5",
        "focus:bg-raised hover:bg-raised [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
        danger && !disabledReason && "text-bad-text",
        checked && "font-medium",
      )}
    >
      {icon}
      <span className={clsx("flex min-w-0 flex-col", disabledReason && "text-muted")}>
        <span id={`${id}-name`}>{children}</span>
        {note && (
          <span id={`${id}-note`} className="text-muted text-xs">
            {note}
          </span>
        )}
      </span>
      {checked && (
        <span aria-hidden="true" className="ml-auto text-accent-text">
          ✓
        </span>
      )}
    </button>
  );
}

export function MenuSeparator() {
  return <hr className="my-1 border-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <div role="presentation" className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">
      {children}
    </div>
  );
}
