"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch" | "onMouseEnter"> & {
  /** The page is fetched beforehand with its data: for what must be there at once. */
  whole?: boolean;
};

/**
 * A link within the portal. What it leads to is fetched beforehand once somebody points at it or
 * comes to it by keyboard: fetched as soon as it is in sight, a page's two dozen links cost the
 * portal more than the page itself, each time that it is opened.
 */
export function Link({ onFocus, whole = false, ...props }: LinkProps) {
  const [meant, setMeant] = useState(false);
  return (
    <NextLink
      {...props}
      // Null is Next's own way to fetch beforehand, without the data.
      prefetch={meant ? whole || null : false}
      onMouseEnter={() => setMeant(true)}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
