import { callAction, knock } from "../knock";
import type { Cell, Row } from "../row";
import { freshEmail } from "./projects";

const get = (cell: Cell, path: string) => knock(cell, path);
const wrong = "not the password of anybody";
const key =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO2yIWlk7q3pQbZoLhQ2UO1Yxk3ZcQ0VnP0e6Jp0Zr1S somebody";

/** What a signed-in person does with the own account; there is nobody else's to name. */
function own(action: string, ...input: unknown[]): Row {
  return {
    door: `action ${action}`,
    needs: "signed in",
    knock: (cell) => callAction(cell, action, ...input),
    refusedInput: true,
  };
}

/** The same with something that is not there. */
function absent(action: string, ...input: unknown[]): Row {
  return { ...own(action, ...input), absent: true };
}

/** What strangers may try: whatever the answer, it is about what they typed. */
function open(action: string, ...input: unknown[]): Row {
  return {
    door: `action ${action}`,
    needs: "nothing",
    knock: (cell) => callAction(cell, action, ...input),
    refusedInput: true,
  };
}

export const accountRows: Row[] = [
  { door: "GET /api/healthz", needs: "nothing", knock: (cell) => get(cell, "/api/healthz") },
  { door: "GET /api/readyz", needs: "nothing", knock: (cell) => get(cell, "/api/readyz") },
  {
    door: "GET /api/auth/[...nextauth]",
    needs: "nothing",
    knock: (cell) => get(cell, "/api/auth/csrf"),
  },
  {
    door: "POST /api/auth/[...nextauth]",
    needs: "nothing",
    knock: (cell) => knock(cell, "/api/auth/callback/credentials", { method: "POST" }),
  },
  {
    door: "GET /api/events",
    needs: "vm.read",
    knock: (cell) => get(cell, `/api/events?project=${cell.project.id}`),
  },
  open("setThemeAction", "dark"),
  open("setLocaleAction", "en"),
  open("signInAction", { email: "nobody@example.org", password: wrong, callbackUrl: null }),
  open("finishSignInAction", { factor: { way: "totp", code: "000000" }, callbackUrl: null }),
  open("askSecondPasskeyAction"),
  open("askPasskeyAction"),
  open("passkeySignInAction", { response: {}, callbackUrl: null }),
  open("setupAction", {
    token: "x",
    name: "X",
    email: "x@example.org",
    password: wrong,
    locale: "en",
  }),
  open("requestResetAction", { email: "nobody@example.org" }),
  open("resetPasswordAction", { token: "x", password: wrong }),
  open("joinAction", { token: "x", name: "X", password: wrong, locale: "en" }),
  absent("acceptInvitationAction", { token: "x" }),
  own("changeNameAction", { name: "Another" }),
  own("changeEmailAction", { email: freshEmail(), password: wrong }),
  own("changePasswordAction", { current: wrong, next: `${wrong} but long` }),
  own("addSshKeyAction", { publicKey: key }),
  absent("removeSshKeyAction", { id: "nobodyskey" }),
  absent("revokeSessionAction", { sessionId: "nobodyssession" }),
  own("revokeOtherSessionsAction"),
  own("proofWaysAction"),
  own("startLinkAction"),
  absent("unlinkAction"),
  own("startTotpAction"),
  own("confirmTotpAction", { code: "000000" }),
  absent("turnOffTotpAction"),
  own("startPasskeyAction"),
  own("addPasskeyAction", { name: "Key", response: {} }),
  absent("renamePasskeyAction", { id: "nobodyskey", name: "Key" }),
  absent("removePasskeyAction", { id: "nobodyskey" }),
  own("renewRecoveryCodesAction"),
  own("confirmIdentityAction", { way: "password", password: wrong }),
];
