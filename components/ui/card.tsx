import { clsx } from "clsx";
import type { ReactNode } from "react";

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled section of a page. */
export function Card({ title, description, aside, className, children }: CardProps) {
  return (
    <section className={clsx("rounded-lg border border-line bg-surface", className)}>
      {title && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 pt-3.5">
          <div>
            <h2 className="font-semibold">{title}</h2>
            {description && <p className="text-13 text-muted">{description}</p>}
          </div>
          {aside}
        </header>
      )}
      <div className="px-4 py-3.5">{children}</div>
    </section>
  );
}
