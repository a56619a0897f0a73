import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PrivateHost, startPrivateHost } from "../host/private-host";
import { type Portal, type PortalOptions, startPortal } from "./portal";

/** A host and a portal of a test's own; nothing of the machine's is used. */
export interface World {
  host: PrivateHost;
  portal: Portal;
  stop(): Promise<void>;
}

/** Starts both; `name` is short, for unix socket paths end at 107 bytes. */
export async function startWorld(
  name: string,
  env?: Record<string, string>,
  options: Pick<PortalOptions, "https" | "basePath"> = {},
): Promise<World> {
  const host = await startPrivateHost({ name });
  const dir = await mkdtemp(join(tmpdir(), `portico-${name}-portal-`));
  try {
    const portal = await startPortal({
      dir,
      libvirtUri: host.uri,
      consoleDir: host.consoleDir,
      env,
      ...options,
    });
    return {
      host,
      portal,
      async stop() {
        await portal.stop();
        await host.stop();
        await rm(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}
