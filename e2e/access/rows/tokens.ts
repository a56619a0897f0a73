import { callAction } from "../knock";
import type { Row } from "../row";
import { freshName } from "./projects";

const newToken = (projectId: string | null) => ({
  projectId,
  name: freshName("token"),
  scopes: ["read"],
  expiresInDays: 1,
});

export const tokenRows: Row[] = [
  {
    door: "action createTokenAction",
    needs: "project_token.manage",
    knock: (cell) => callAction(cell, "createTokenAction", newToken(cell.project.id)),
  },
  {
    door: "action revokeTokenAction",
    needs: "project_token.manage",
    knock: async (cell) =>
      callAction(cell, "revokeTokenAction", { tokenId: await cell.things.token() }),
  },
];
