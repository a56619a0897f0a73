export type NoVnc = typeof import("@novnc/novnc");

let loading: Promise<NoVnc> | null = null;

/** Loads noVNC once. A failed load (the portal was away) is forgotten, so that a retry loads anew. */
export function loadNoVnc(): Promise<NoVnc> {
  loading ??= import("@novnc/novnc").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
