import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connect } from "../../lib/libvirt";
import { type Figure, figureOf } from "../figure";
import { inTurns, timed } from "./measure";
import type { PythonPeer } from "./python";

const run = promisify(execFile);
const CALLS_PER_TURN = 400;

/** One question to libvirt, the answer in hand: against the Python binding and against virsh. */
export async function compareCall(
  uri: string,
  python: PythonPeer,
  quick: boolean,
): Promise<Figure[]> {
  const connection = await connect(uri);
  try {
    const { dom } = await connection.call("domainLookupByName", { name: "test" });
    const info = () => connection.call("domainGetInfo", { dom });
    const ours = () => timed(CALLS_PER_TURN, info);
    const turns = quick ? 6 : 30;
    const againstPython = await inTurns(turns, ours, () =>
      python.measure("call", uri, CALLS_PER_TURN),
    );
    const virsh = () => timed(1, () => run("virsh", ["-c", uri, "domstate", "test"]));
    const againstVirsh = await inTurns(turns / 2, ours, virsh);
    const unit = "ms";
    const figure = "libvirt: one call";
    return [
      figureOf({ figure, unit, peerName: "python3-libvirt", ...againstPython }, { atMost: 1.2 }),
      figureOf({ figure, unit, peerName: "virsh (spawn)", ...againstVirsh }, { atMost: 0.01 }),
    ];
  } finally {
    await connection.close();
  }
}
