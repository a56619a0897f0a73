"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { withBase } from "@/lib/base-path";
import { nextPicture } from "./next-picture";

/** However many VMs are in sight, a tab asks for one picture in that time. */
const pauseMs = 2_000;

interface Pictures {
  /** Addresses of pictures by VM. */
  shown: ReadonlyMap<string, string>;
  /** Observes whether the VM's place on the page is in sight. */
  watch: (id: string, place: Element) => () => void;
}

/**
 * Pictures of the screens of VMs that are in sight, one request after another and never while the
 * tab is hidden. `hrefOf` gives the address of a VM's picture.
 */
export function usePictures(hrefOf: (id: string) => string): Pictures {
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map());
  const inSight = useRef(new Set<string>());
  const places = useRef(new Map<Element, string>());
  const observer = useRef<IntersectionObserver | null>(null);
  const address = useRef(hrefOf);
  address.current = hrefOf;

  const watch = useCallback((id: string, place: Element) => {
    observer.current ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const seen = places.current.get(target);
        if (seen === undefined) continue;
        if (isIntersecting) inSight.current.add(seen);
        else inSight.current.delete(seen);
      }
    });
    places.current.set(place, id);
    observer.current.observe(place);
    return () => {
      observer.current?.unobserve(place);
      places.current.delete(place);
      inSight.current.delete(id);
    };
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    const askedAt = new Map<string, number>();
    const urls = new Map<string, string>();
    let busy = false;
    const look = async () => {
      if (busy || document.hidden) return;
      const id = nextPicture([...inSight.current], askedAt, performance.now());
      if (id === null) return;
      busy = true;
      askedAt.set(id, performance.now());
      // Revalidated, so that a screen that stands still costs no bytes.
      const options: RequestInit = { cache: "no-cache", signal: abort.signal };
      const answer = await fetch(withBase(address.current(id)), options).catch(() => null);
      const picture = answer?.ok ? await answer.blob().catch(() => null) : null;
      busy = false;
      if (abort.signal.aborted || answer === null) return;
      const old = urls.get(id);
      if (old !== undefined) URL.revokeObjectURL(old);
      if (picture === null) urls.delete(id);
      else urls.set(id, URL.createObjectURL(picture));
      setShown(new Map(urls));
    };
    const timer = setInterval(look, pauseMs);
    void look();
    return () => {
      abort.abort();
      clearInterval(timer);
      for (const url of urls.values()) URL.revokeObjectURL(url);
      observer.current?.disconnect();
      observer.current = null;
    };
  }, []);

  return { shown, watch };
}
