import { clsx } from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const looks = {
  info: { box: "border-accent-text/25 bg-accent-soft", mark: "text-accent-text", Icon: Info },
  warn: { box: "border-warn/30 bg-warn-soft", mark: "text-warn-text", Icon: TriangleAlert },
  bad: { box: "border-bad/30 bg-bad-soft", mark: "text-bad-text", Icon: CircleAlert },
} as const;

interface CalloutProps {
  tone?: keyof typeof looks;
  title?: ReactNode;
  /** `alert` interrupts a screen reader: for what has just happened. */
  role?: "status" | "alert" | "note";
  className?: string;
  children?: ReactNode;
}

export function Callout({
  tone = "info",
  title,
  role = "note",
  className,
  children,
}: CalloutProps) {
  const { box, mark, Icon } = looks[tone];
  return (
    <div role={role} className={clsx("flex gap-2.5 rounded-md border px-3 py-2.5", box, className)}>
      <Icon aria-hidden="true" className={clsx("mt-0.5 size-4 shrink-0", mark)} />
      <div className="min-w-0 flex-1 text-13">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
