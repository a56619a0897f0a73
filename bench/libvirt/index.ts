import { startPrivateHost } from "../../e2e/host/private-host";
import type { Figure } from "../figure";
import { compareCall } from "./call";
import { compareList } from "./list";
import { startPython } from "./python";

/** libvirt's RPC client of our own against its Python binding and virsh, on one private daemon. */
export async function run({
  quick = false,
  log = () => undefined,
}: {
  quick?: boolean;
  log?: (line: string) => void;
} = {}): Promise<Figure[]> {
  const host = await startPrivateHost({ name: "bench" });
  const python = startPython();
  try {
    const { dir, socketPath } = host;
    const uri = `test+unix:///default?socket=${socketPath}`;
    log("one call");
    const figures = await compareCall(uri, python, quick);
    const options = { dir, socketPath, python, quick };
    log("1,000 domains");
    figures.push(await compareList(1_000, options, {}));
    log("5,000 domains");
    figures.push(await compareList(5_000, options, { atMost: 1 }));
    return figures;
  } finally {
    await python.stop();
    await host.stop();
  }
}
