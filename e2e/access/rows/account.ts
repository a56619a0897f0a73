import { callAction, knock } from "../knock";
import type { Cell, Row } from "../row";

/** Doors of strangers, and of a person's own account. */
export const accountRows: Row[] = [
  { door: "GET /api/healthz", needs: "nothing", knock: (cell) => get(cell, "/api/healthz") },
  { door: "GET /api/readyz", needs: "nothing", knock: (cell) => get(cell, "/api/readyz") },
  {
    door: "GET /api/auth/[...nextauth]",
    needs: "nothing",
    knock: (cell) => get(cell, "/api/auth/csrf"),
  },
  {
    door: "GET /api/events",
    needs: "vm.read",
    knock: (cell) => get(cell, `/api/events?project=${cell.project.id}`),
  },
  {
    door: "action setThemeAction",
    needs: "nothing",
    knock: (cell) => callAction(cell, "setThemeAction", "dark"),
  },
  {
    door: "action cancelTaskAction",
    needs: "task.cancel",
    knock: async (cell) =>
      callAction(cell, "cancelTaskAction", { taskId: await cell.things.task() }),
  },
  {
    door: "action revokeOtherSessionsAction",
    needs: "signed in",
    knock: (cell) => callAction(cell, "revokeOtherSessionsAction", {}),
  },
];

const get = (cell: Cell, path: string) => knock(cell, path);
