type NoVnc = typeof import("@novnc/novnc");

let loading: Promise<NoVnc> | null = null;

/** Loads noVNC once. A failed load (the portal was away) is forgotten, so that a retry loads anew. */
export function loadNoVnc(): Promise<NoVnc> {
  loading ??= import("@novnc/novnc").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Fetches the viewer's code before it is needed, for instance when a console button is hovered. */
export function preloadConsole(): void {
  // A failure shows when the console is opened; here there is nobody to tell.
  loadNoVnc().catch(() => undefined);
}
