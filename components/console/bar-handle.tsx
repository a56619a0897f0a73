import { ChevronDown } from "lucide-react";

interface BarHandleProps {
  label: string;
  onClick: () => void;
}

/** Brings the bar back in full screen, where there is no pointer to reach for the edge. */
export function BarHandle({ label, onClick }: BarHandleProps) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="absolute top-0 left-1/2 z-10 grid h-4 w-16 -translate-x-1/2 place-items-center rounded-b-md bg-surface/70 text-ink"
    >
      <ChevronDown aria-hidden="true" className="size-3.5" />
    </button>
  );
}
