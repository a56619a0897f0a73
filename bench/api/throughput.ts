import { type Figure, figureOf } from "../figure";
import { median } from "../libvirt/measure";
import { READERS, type Stage } from "./stage";

/** Answers a second to 200 readers of the API, against a bare handler that has the same bytes. */
export async function throughput(stage: Stage, quick: boolean): Promise<Figure[]> {
  const { port, barePort, inventory, readers } = stage;
  const credentials = inventory.tokens.map((token) => `Bearer ${token}`);
  const figures: Figure[] = [];
  for (const { name, paths } of stage.lists) {
    const perSecond = async (of: number, ms: number) => {
      const answer = await readers.ask({ port: of, paths, credentials, ms });
      if (answer.failure !== null) throw new Error(`a reader got: ${answer.failure}`);
      return answer.perSecond;
    };
    await perSecond(port, 3_000);
    await perSecond(barePort, 1_000);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < (quick ? 1 : 3); turn++) {
      ours.push(await perSecond(port, 3_000));
      bare.push(await perSecond(barePort, 3_000));
    }
    const facts = { ours: median(ours), peer: median(bare), peerName: "bare Node handler" };
    const figure = `${READERS} readers, ${name}`;
    figures.push(figureOf({ figure, unit: "answers/s", ...facts }, { atLeast: 0.2 }));
  }
  return figures;
}
