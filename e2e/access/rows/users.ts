import { callAction } from "../knock";
import type { Row } from "../row";
import { freshEmail } from "./projects";

/** Administration of people: what it is about is somebody of no project. */
export const userRows: Row[] = [
  {
    door: "action setUserRightAction",
    needs: "user.manage",
    knock: async (cell) =>
      callAction(cell, "setUserRightAction", {
        userId: (await cell.things.person()).id,
        right: "auditor",
      }),
  },
  {
    door: "action setUserDisabledAction",
    needs: "user.manage",
    knock: async (cell) =>
      callAction(cell, "setUserDisabledAction", {
        userId: (await cell.things.person()).id,
        disabled: true,
      }),
  },
  {
    door: "action signOutUserAction",
    needs: "user.manage",
    knock: async (cell) =>
      callAction(cell, "signOutUserAction", { userId: (await cell.things.person()).id }),
  },
  {
    door: "action makeResetLinkAction",
    needs: "user.manage",
    knock: async (cell) =>
      callAction(cell, "makeResetLinkAction", { userId: (await cell.things.person()).id }),
  },
  {
    door: "action inviteUserAction",
    needs: "user.manage",
    knock: (cell) => callAction(cell, "inviteUserAction", { email: freshEmail() }),
  },
  {
    door: "action clearSecondFactorsAction",
    needs: "user.manage",
    knock: async (cell) =>
      callAction(cell, "clearSecondFactorsAction", { userId: (await cell.things.person()).id }),
  },
  {
    door: "action setSettingAction",
    needs: "setting.manage",
    knock: (cell) =>
      callAction(cell, "setSettingAction", { key: "requireSecondFactor", value: "nobody" }),
  },
  {
    door: "action deleteUserAction",
    needs: "user.manage",
    async knock(cell) {
      const { id: userId, email: confirmEmail } = await cell.things.person();
      const input = { userId, confirmEmail, owners: [] };
      return callAction(cell, "deleteUserAction", input);
    },
  },
];
