import { eventually } from "../helpers/eventually";
import type { Answer } from "./answer";
import type { Movements } from "./movements";
import type { Cell } from "./row";

/** The portal's own sweeps may move a row just then; a call that moves one does it every time. */
const looks = 3;

/**
 * All of these, who are to be turned away, knock at once; whether they move anything is asked once
 * for all of them. What each needs is made before any of them is at the door.
 */
export async function turnedAway(
  cells: Cell[],
  knock: (cell: Cell) => Promise<Answer>,
  movements: Movements,
): Promise<Answer[]> {
  if (cells.length === 0) return [];
  let answers: Answer[] = [];
  let moved: string[] = [];
  for (let look = 0; look < looks; look += 1) {
    let mark: bigint | null = null;
    answers = await atOnce(cells, knock, async () => {
      mark = await quiet(movements, cells[0]?.db);
    });
    // Nobody came to the door: a row that moves something by knocking, as a ticket that is used up.
    if (mark === null) return answers;
    moved = await movements.since(mark);
    const meant = answers.every((each) => each !== "let in" && !each.startsWith("broken"));
    if (moved.length === 0 || !meant) return answers;
  }
  return answers.map((each): Answer => `broken: ${each}, but these moved: ${moved.join(", ")}`);
}

/** What was let in before may still be at work: rows that move by that prove nothing. */
async function quiet(movements: Movements, db: Cell["db"] | undefined): Promise<bigint> {
  await eventually("all tasks' end", async () => {
    const where = { hostId: "local", state: { in: ["queued", "running", "unknown"] } };
    if (((await db?.task.count({ where })) ?? 0) > 0) throw new Error("tasks still run");
  });
  return movements.mark();
}

/** Runs `opened` when the last of them is at the door, and lets nobody knock before. */
async function atOnce(
  cells: Cell[],
  knock: (cell: Cell) => Promise<Answer>,
  opened: () => Promise<void>,
): Promise<Answer[]> {
  let missing = cells.length;
  let someone = false;
  let open: (opening: Promise<void>) => void = () => undefined;
  const door = new Promise<void>((resolve) => {
    open = resolve;
  });
  return Promise.all(
    cells.map(async (cell) => {
      let isHere = false;
      const atDoor = () => {
        if (isHere) return door;
        isHere = true;
        someone = true;
        missing -= 1;
        if (missing === 0) open(opened());
        return door;
      };
      try {
        return await knock({ ...cell, atDoor });
      } finally {
        // Who never comes to the door keeps nobody waiting.
        if (!isHere) {
          missing -= 1;
          if (missing === 0 && someone) open(opened());
        }
      }
    }),
  );
}
