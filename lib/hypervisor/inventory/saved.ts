import type { Connection } from "@/lib/libvirt";
import { isUnsupported } from "../errors";

/**
 * Whether libvirt keeps the memory of a domain that is off (`virsh managedsave`): its next start
 * goes on there. False for one that runs. Rejects with a LibvirtError.
 */
export async function hasSavedMemory(
  connection: Connection,
  dom: { name: string; uuid: string; id: number },
): Promise<boolean> {
  if (dom.id >= 0) return false;
  try {
    const { result } = await connection.call(
      "domainHasManagedSaveImage",
      { dom, flags: 0 },
      { deadlineMs: 8_000 },
    );
    return result === 1;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw error;
  }
}
