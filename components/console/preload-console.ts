import { loadNoVnc } from "./no-vnc";

/** Has the console's code there, and run once, before it is needed: when a link is pointed at. */
export function preloadConsole(): void {
  // A failure shows when the console is opened; here there is nobody to tell.
  loadNoVnc().catch(() => undefined);
  import("./live-console").catch(() => undefined);
}
