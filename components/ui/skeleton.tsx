import { clsx } from "clsx";

/** A grey place-holder of the size that the content will have. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={clsx("skeleton", className)} />;
}
