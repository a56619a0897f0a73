import type { DomainRef } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { bootIdOf } from "./boot-id";
import { linkOf } from "./link";
import { readRunning } from "./read-running";
import type { Host } from "./types";

/**
 * Whether a running guest has a serial port, and which start of it that is. Throws
 * `host.unsupported` when it has none that libvirt can carry, `vm.bad_state` when it is off.
 */
export async function readSerial(
  host: Host,
  uuid: string,
): Promise<{ dom: DomainRef; bootId: string }> {
  const { dom, domain, id } = await readRunning(host, uuid);
  if (!domain.hasSerialPort) {
    throw new AppError({
      code: "host.unsupported",
      message: `${uuid} has no serial port`,
      userMessage: { key: "vm.no_serial" },
    });
  }
  const { socketPath = null } = domain.consoles.find((each) => each.socketPath !== null) ?? {};
  return { dom, bootId: await bootIdOf(uuid, id, linkOf(host).isLocal ? socketPath : null) };
}
