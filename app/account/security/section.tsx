import type { ReactNode } from "react";

interface SectionProps {
  title: ReactNode;
  /** State, as a badge. */
  state?: ReactNode;
  text: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** One kind of second factor: what it is, how it stands, and what can be done. */
export function Section({ title, state, text, action, children }: SectionProps) {
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-prose flex-1 basis-64">
          <h3 className="flex flex-wrap items-center gap-2 font-medium">
            {title}
            {state}
          </h3>
          <p className="mt-0.5 text-13 text-muted">{text}</p>
        </div>
        {action}
      </div>
      {children}
    </div>
  );
}
