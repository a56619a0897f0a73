import type { Viewer } from "./viewer";

/** Saves the guest's screen as a file named after the VM and the time; rejects when it cannot. */
export async function saveScreenshot(viewer: Viewer, vmName: string, now: Date): Promise<void> {
  const url = URL.createObjectURL(await viewer.screenshot());
  const link = document.createElement("a");
  link.href = url;
  link.download = screenshotName(vmName, now);
  link.click();
  URL.revokeObjectURL(url);
}

/** "web server" at noon becomes "web-server-20250131-120000.png". */
export function screenshotName(vmName: string, now: Date): string {
  const safe = vmName.replace(/[^\p{L}\p{N}_.-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "");
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${safe || "console"}-${time}.png`;
}
