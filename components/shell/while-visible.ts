/** How long a page may be out of sight before it counts as put away, in milliseconds. */
const GRACE_MS = 5_000;

/**
 * Begins something whenever the page comes into sight and ends it when it has been put away for a
 * while; returns what ends it for good. A browser has six connections to a host without TLS: each
 * tab that keeps one while nobody looks at it takes it from the tab that somebody works in.
 */
export function whileVisible(
  begin: () => () => void,
  /** Whether it is to go on although nobody looks; asked again and again. */
  goesOn: () => boolean = () => false,
): () => void {
  let end: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stop() {
    end?.();
    end = null;
  }

  function putAway() {
    if (end !== null && goesOn()) timer = setTimeout(putAway, GRACE_MS);
    else stop();
  }

  function look() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (document.visibilityState === "hidden") timer = setTimeout(putAway, GRACE_MS);
    else end ??= begin();
  }

  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    if (timer) clearTimeout(timer);
    stop();
  };
}
