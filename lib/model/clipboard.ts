/** Whether a VM has the channel by which its guest's agent shares the clipboard. */
export interface ClipboardView {
  /** Of what runs; null when it is off. */
  now: boolean | null;
  /** Of its next start. */
  next: boolean;
  /** Something in the guest has the channel open: the agent, as a rule. */
  agent: boolean;
}

/** QEMU's first version that can write the memory of a VM with such a channel. */
export const clipboardSavesFrom = { major: 10, minor: 1 } as const;

/**
 * Whether a guest's clipboard keeps its memory from being written: in a snapshot, or by saving it.
 * What nobody knows is left to libvirt, which refuses before anything is done.
 */
export function clipboardHoldsMemory(view: ClipboardView, qemuVersion: string | null): boolean {
  if (view.now !== true || qemuVersion === null) return false;
  const [major = 0, minor = 0] = qemuVersion.split(".").map(Number);
  const { major: from, minor: least } = clipboardSavesFrom;
  return major < from || (major === from && minor < least);
}
