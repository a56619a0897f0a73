const ending = /\.s[0-9a-z]{1,12}\.qcow2$/;

/**
 * Name of the file that a snapshot lays on top of a disk: the disk's own name, a dot and "s" with
 * the suffix of the task. So it is known whose it is, also when libvirt has forgotten.
 */
export function overlayName(volume: string, suffix: string): string {
  return `${stemOf(volume)}.s${suffix}.qcow2`;
}

/** Whether a volume was laid on top of this disk by a snapshot. */
export function isOverlayOf(disk: string, volume: string): boolean {
  return ending.test(volume) && stemOf(volume) === stemOf(disk);
}

function stemOf(volume: string): string {
  return volume.replace(ending, "").replace(/\.(qcow2|raw)$/, "");
}
