type Xterm = typeof import("./xterm");

let loading: Promise<Xterm> | null = null;

/** Loads the terminal once. A failed load (the portal was away) is forgotten. */
export function loadXterm(): Promise<Xterm> {
  loading ??= import("./xterm").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
