/** One key: X11 keysym, and the physical key by its KeyboardEvent.code. */
export interface KeyStroke {
  keysym: number;
  /** Null when only the symbol is known; QEMU then guesses the key by a US layout. */
  code: string | null;
}

function key(keysym: number, code: string): KeyStroke {
  return { keysym, code };
}

export const namedKeys = {
  ctrl: key(0xffe3, "ControlLeft"),
  alt: key(0xffe9, "AltLeft"),
  shift: key(0xffe1, "ShiftLeft"),
  windows: key(0xffeb, "MetaLeft"),
  escape: key(0xff1b, "Escape"),
  tab: key(0xff09, "Tab"),
  enter: key(0xff0d, "Enter"),
  backspace: key(0xff08, "Backspace"),
  delete: key(0xffff, "Delete"),
  print: key(0xff61, "PrintScreen"),
  up: key(0xff52, "ArrowUp"),
  down: key(0xff54, "ArrowDown"),
  left: key(0xff51, "ArrowLeft"),
  right: key(0xff53, "ArrowRight"),
  home: key(0xff50, "Home"),
  end: key(0xff57, "End"),
  pageUp: key(0xff55, "PageUp"),
  pageDown: key(0xff56, "PageDown"),
} as const satisfies Record<string, KeyStroke>;

export type NamedKey = keyof typeof namedKeys;

/** F1 to F12. */
export function functionKey(number: number): KeyStroke {
  return key(0xffbd + number, `F${number}`);
}

/** a to z. */
function letter(name: string): KeyStroke {
  return key(name.charCodeAt(0), `Key${name.toUpperCase()}`);
}

export interface KeyCombo {
  id: string;
  /** Shown as it is printed on keyboards, the same in every language. */
  label: string;
  strokes: readonly KeyStroke[];
}

const { ctrl, alt, windows, tab, backspace, print } = namedKeys;

export const ctrlAltDelete: KeyCombo = {
  id: "ctrl-alt-del",
  label: "Ctrl + Alt + Del",
  strokes: [ctrl, alt, namedKeys.delete],
};

/** What a browser or the person's own desktop would keep for itself. */
export const commonCombos: readonly KeyCombo[] = [
  ctrlAltDelete,
  { id: "alt-tab", label: "Alt + Tab", strokes: [alt, tab] },
  { id: "alt-f4", label: "Alt + F4", strokes: [alt, functionKey(4)] },
  { id: "ctrl-w", label: "Ctrl + W", strokes: [ctrl, letter("w")] },
  { id: "ctrl-alt-backspace", label: "Ctrl + Alt + Backspace", strokes: [ctrl, alt, backspace] },
];

export const singleKeys: readonly KeyCombo[] = [
  { id: "escape", label: "Esc", strokes: [namedKeys.escape] },
  { id: "tab", label: "Tab", strokes: [tab] },
  { id: "print", label: "Print", strokes: [print] },
  { id: "windows", label: "Windows", strokes: [windows] },
];

const twelve = Array.from({ length: 12 }, (_, at) => at + 1);

export const functionKeys: readonly KeyCombo[] = twelve.map((number) => ({
  id: `f${number}`,
  label: `F${number}`,
  strokes: [functionKey(number)],
}));

/** Linux' virtual terminals. */
export const terminalCombos: readonly KeyCombo[] = twelve.map((number) => ({
  id: `ctrl-alt-f${number}`,
  label: `Ctrl + Alt + F${number}`,
  strokes: [ctrl, alt, functionKey(number)],
}));

/** Linux' magic SysRq commands, in the order in which a hung guest is brought down. */
export const sysRqLetters = ["h", "w", "r", "e", "i", "s", "u", "b"] as const;
export type SysRqLetter = (typeof sysRqLetters)[number];

export const sysRqCombos: readonly (KeyCombo & { letter: SysRqLetter })[] = sysRqLetters.map(
  (name) => ({
    id: `sysrq-${name}`,
    letter: name,
    label: `Alt + SysRq + ${name.toUpperCase()}`,
    strokes: [alt, print, letter(name)],
  }),
);
