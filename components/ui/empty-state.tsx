import type { ReactNode } from "react";

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What this place is for and what to do first. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty place that teaches the first step. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-line border-dashed bg-surface px-6 py-12 text-center">
      {icon && <span className="text-muted [&>svg]:size-8">{icon}</span>}
      <h2 className="font-semibold text-base">{title}</h2>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
