import type { Terminal } from "@xterm/xterm";
import { loadXterm } from "./load-xterm";

/** Lines above the screen that can be scrolled back to. */
const scrollback = 5_000;
/** Of any colour that the guest asks for, against the page's own ground. */
const leastContrast = 4.5;

export interface SerialTerminal {
  terminal: Terminal;
  dispose(): void;
}

/**
 * Makes a terminal in `place`, which has the ground and ink of the page: it fills it and follows
 * its size and the page's theme until it is disposed of. Rejects when its code cannot be fetched.
 */
export async function makeTerminal(place: HTMLElement, label: string): Promise<SerialTerminal> {
  const { Terminal, FitAddon } = await loadXterm();
  const style = getComputedStyle(place);
  const terminal = new Terminal({
    fontFamily: style.fontFamily,
    fontSize: 13,
    scrollback,
    minimumContrastRatio: leastContrast,
    screenReaderMode: true,
    theme: themeOf(place),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(place);
  terminal.textarea?.setAttribute("aria-label", label);
  fit.fit();

  const size = new ResizeObserver(() => fit.fit());
  size.observe(place);
  const repaint = () => {
    terminal.options.theme = themeOf(place);
  };
  const chosen = new MutationObserver(repaint);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", repaint);
  return {
    terminal,
    dispose() {
      size.disconnect();
      chosen.disconnect();
      system.removeEventListener("change", repaint);
      terminal.dispose();
    },
  };
}

function themeOf(place: HTMLElement) {
  const { backgroundColor, color } = getComputedStyle(place);
  return {
    background: backgroundColor,
    foreground: color,
    cursor: color,
    cursorAccent: backgroundColor,
    selectionBackground: "#4a76ee66",
  };
}
