"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the leading one last. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/**
 * A modal question, on the browser's own `<dialog>`: focus stays inside, Escape closes, the
 * page behind is inert, and focus goes back to where it came from. It begins at the element
 * that carries `data-autofocus`.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onClose, title, description, footer, className, children }: DialogProps) {
  const t = useTranslations("common");
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);

  // Closed before it leaves the page, or the page would still be inert when focus goes back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={clsx(
        "m-auto w-[min(32rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 text-ink shadow-float",
        className,
      )}
    >
      <div className="flex max-h-[calc(100dvh-4rem)] flex-col">
        <header className="flex items-start justify-between gap-4 px-5 pt-4">
          <h2 id={`${id}-title`} className="font-semibold text-base">
            {title}
          </h2>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("close")}
            onClick={onClose}
            icon={<X aria-hidden="true" />}
            className="-mt-1 -mr-2"
          />
        </header>
        <div className="flex flex-col gap-4 overflow-y-auto px-5 py-3">
          {description && (
            <div id={`${id}-description`} className="text-muted">
              {description}
            </div>
          )}
          {children}
        </div>
        {footer && (
          <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
            {footer}
          </footer>
        )}
      </div>
    </dialog>
  );
}
