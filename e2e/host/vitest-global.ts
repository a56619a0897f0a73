import { startPrivateHost } from "./private-host";

/**
 * Global set-up of the integration tests: one private host for all of them. Tests read
 * PORTICO_TEST_LIBVIRT_SOCKET, PORTICO_TEST_LIBVIRT_URI and PORTICO_TEST_CONSOLE_DIR.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const host = await startPrivateHost({ name: "it" });
  process.env.PORTICO_TEST_LIBVIRT_SOCKET = host.socketPath;
  process.env.PORTICO_TEST_LIBVIRT_URI = host.uri;
  process.env.PORTICO_TEST_CONSOLE_DIR = host.consoleDir;
  return () => host.stop();
}
