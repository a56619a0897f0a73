"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

interface ScrollBoxProps {
  /** Name of what scrolls, for screen readers. */
  label: string | undefined;
  className?: string;
  children: ReactNode;
}

/** Scrolls sideways where it must; only then it is a stop for the keyboard. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);

  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const look = () => setScrolls(box.scrollWidth > box.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={ref}
      className={className}
      {...(scrolls && { tabIndex: 0, role: "region", "aria-label": label })}
    >
      {children}
    </div>
  );
}
