import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { ScrollBox } from "./scroll-box";

/** A table in a card. On narrow screens it scrolls by itself, so that the page never does. */
export function Table({ className, ...rest }: ComponentProps<"table"> & { "aria-label": string }) {
  return (
    <ScrollBox
      label={rest["aria-label"]}
      className="rounded-lg border border-line bg-surface max-lg:overflow-x-auto"
    >
      <table {...rest} className={clsx("w-full border-collapse text-left text-13", className)} />
    </ScrollBox>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        "h-9 whitespace-nowrap border-line border-b px-3 font-medium text-muted text-xs",
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={clsx("h-11 px-3 py-1.5 align-middle", className)} />;
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={clsx("border-line border-b last:border-b-0 hover:bg-raised/60", className)}
    />
  );
}
