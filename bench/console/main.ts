import { run } from "./index";

/** `npx tsx bench/console/main.ts [--quick]`: this bench by itself. */
const figures = await run({ quick: process.argv.includes("--quick"), log: console.log });
console.table(
  figures.map((each) => ({
    ...each,
    ours: Number(each.ours.toPrecision(3)),
    peer: Number(each.peer.toPrecision(3)),
    ratio: Number(each.ratio.toPrecision(3)),
  })),
);
