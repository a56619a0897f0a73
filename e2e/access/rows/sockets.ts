import http from "node:http";
import { issueTicket } from "@/lib/console/ticket";
import { can } from "@/lib/policies/can";
import { eventually } from "../../helpers/eventually";
import { type Answer, answerOfStatus } from "../answer";
import { callAction, headersOf, knock } from "../knock";
import { addKnocker } from "../roles";
import type { Cell, Row } from "../row";

/** The portal notices a new domain within a moment: until then nobody finds it. */
async function openNoticed(cell: Cell): Promise<Answer> {
  if (!can(cell.who.rights, "vm.console", cell.project.id)) return openConsole(cell);
  return eventually("the domain in the inventory", async () => {
    const answer = await openConsole(cell);
    if (answer === "not found") throw new Error("not noticed yet");
    return answer;
  });
}

/** Asks for a console by a ticket of one's own, and reads the status that came before any 101. */
async function openConsole(cell: Cell, path = "/console"): Promise<Answer> {
  const vmId = await cell.definedVm();
  const { userId, sessionId } = cell.who;
  const grant = { vmId, bootId: "b", viewOnly: false };
  const ticket = await issueTicket(cell.db, { userId, sessionId }, grant);
  const headers = {
    ...headersOf(cell.who, cell.origin),
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-protocol": `binary, ticket.${ticket}`,
  };
  return new Promise((resolve, reject) => {
    const req = http.get(`${cell.origin}${path}`, { headers }, (res) => {
      res.resume();
      resolve(answerOfStatus(res.statusCode ?? 0));
    });
    req.on("upgrade", (_res, socket) => {
      socket.destroy();
      resolve("let in");
    });
    req.on("error", reject);
  });
}

/** The same person in a session of its own, which the call may end. */
async function inAnotherSession(cell: Cell): Promise<Cell> {
  if (cell.who.role === "anonymous") return cell;
  return { ...cell, who: await addKnocker(cell.db, cell.who.role, cell.who.rights) };
}

/** The console's socket, and what ends sessions or rights of the one who calls. */
export const socketRows: Row[] = [
  { door: "socket /console", needs: "vm.console", knock: openNoticed },
  // Whoever came by a link, which no session stands for: a ticket of one's own opens nothing here.
  {
    door: "socket /share/console",
    needs: "nothing",
    knock: (cell) => openConsole(cell, "/share/console"),
  },
  {
    door: "GET /api/audit/export",
    needs: "project_audit.read",
    knock: (cell) => knock(cell, `/api/audit/export?format=json&projectId=${cell.project.id}`),
  },
  {
    door: "POST /sign-out",
    needs: "signed in",
    knock: async (cell) => knock(await inAnotherSession(cell), "/sign-out", { method: "POST" }),
  },
  {
    door: "action leaveProjectAction",
    needs: "project.leave",
    membersOnly: true,
    knock: async (cell) =>
      callAction(await inAnotherSession(cell), "leaveProjectAction", {
        projectId: cell.project.id,
      }),
  },
];
