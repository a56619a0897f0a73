import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PrivateHost } from "./private-host";

const program = "/usr/bin/qemu-system-x86_64";
const place = "/run/portico-kvm";

/**
 * Makes the host one whose KVM works, for libvirt, for the portal's probe and for guests that ask
 * for it; in truth they are emulated. So what happens where KVM works can be seen on any machine.
 * Restarts libvirtd.
 */
export async function standInForKvm(host: PrivateHost): Promise<void> {
  await host.inside(["mkdir", "-p", `${place}/bin`]);
  for (const file of ["kvm-stand-in.sh", "say-kvm.mjs"]) {
    const text = await readFile(join(import.meta.dirname, file));
    await writeFile(join(host.outside(place), file), text, { mode: 0o755 });
  }
  const script = `
    set -e
    # QEMU looks for its firmware beside the folder it was started from.
    ln -s /usr/share /usr/lib "$1"
    touch "$1/bin/qemu" "$1/bin/node"
    mount --bind "$2" "$1/bin/qemu"
    mount --bind "$3" "$1/bin/node"
    mount --bind "$1/kvm-stand-in.sh" "$2"
    # Only looked for, never opened.
    touch /dev/kvm
    chmod 0666 /dev/kvm`;
  await host.inside(["sh", "-c", script, "sh", place, program, process.execPath]);
  await host.restart();
}

/** From now on the portal's try of KVM fails, and nothing else does: libvirt goes on believing. */
export async function failKvmTry(host: PrivateHost): Promise<void> {
  await host.inside(["touch", `${place}/refuse-the-try`]);
}
