import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "../../lib/libvirt";
import { type Figure, figureOf } from "../figure";
import { inTurns, timed } from "./measure";
import type { PythonPeer } from "./python";

/** libvirt's test driver reads its whole world from a file when it is opened. */
const OPEN_DEADLINE_MS = 180_000;
const ROUNDS_PER_TURN = 3;

/** All domains of a host with all their statistics, against the Python binding. */
export async function compareList(
  domains: number,
  options: { dir: string; socketPath: string; python: PythonPeer; quick: boolean },
  goal: { atMost?: number },
): Promise<Figure> {
  const file = join(options.dir, `node-${domains}.xml`);
  await writeFile(file, nodeXml(domains), { mode: 0o644 });
  const uri = `test+unix://${file}?socket=${options.socketPath}`;
  const connection = await connect(uri, { deadlineMs: OPEN_DEADLINE_MS });
  try {
    const listWithStats = async () => {
      const list = await connection.call("connectListAllDomains", {});
      const all = { doms: [], stats: 0 };
      const { retStats } = await connection.call("connectGetAllDomainStats", all);
      if (list.domains.length !== domains || retStats.length !== domains) {
        throw new Error("the list and the statistics do not agree");
      }
    };
    const times = await inTurns(
      options.quick ? 2 : 9,
      () => timed(ROUNDS_PER_TURN, listWithStats),
      () => options.python.measure("list", uri, ROUNDS_PER_TURN),
    );
    const figure = `libvirt: list + statistics of ${domains.toLocaleString("en")} domains`;
    return figureOf({ figure, unit: "ms", peerName: "python3-libvirt", ...times }, goal);
  } finally {
    await connection.close();
  }
}

function nodeXml(domains: number): string {
  const one = (_: unknown, index: number) =>
    `<domain type="test"><name>vm-${index}</name><memory>1048576</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>`;
  return `<node>${Array.from({ length: domains }, one).join("\n")}</node>`;
}
