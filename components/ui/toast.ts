export interface Toast {
  id: number;
  tone: "ok" | "bad" | "info";
  text: string;
}

type Listener = (toast: Toast) => void;

const listeners = new Set<Listener>();
let lastId = 0;

function send(tone: Toast["tone"], text: string): void {
  lastId += 1;
  const toast = { id: lastId, tone, text };
  for (const listener of listeners) listener(toast);
}

/** Short notices in the corner. Errors stay until they are closed. */
export const toast = {
  ok: (text: string) => send("ok", text),
  bad: (text: string) => send("bad", text),
  info: (text: string) => send("info", text),
};

/** Returns the unsubscribe function. */
export function onToast(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
