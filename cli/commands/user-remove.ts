import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { findUser } from "../find-user";

type Holdings = OperationResult<"listHoldings">;
type Heir = Holdings["projects"][number]["heirs"][number];

const address = [{ name: "ADDRESS" }] as const;
const names = (heirs: readonly Heir[]) => heirs.map((each) => each.email);

const holdings: Command = {
  path: ["user", "holdings"],
  summary: "show what somebody has to take over before a user is deleted",
  args: address,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: userId } = await findUser(client, ctx.args.ADDRESS ?? "");
    const held = await client.call("listHoldings", { userId });
    if (ctx.print.json) return ctx.print.object(held);
    ctx.print.table(
      held.projects,
      [
        { title: "PROJECT", of: (project) => project.name },
        { title: "VMS", of: (project) => project.vms, align: "right" },
        { title: "CAN BE TAKEN OVER BY", of: (project) => names(project.heirs).join(", ") },
      ],
      "No project has only this owner.",
    );
    if (held.projectTokens === 0) return;
    ctx.print.note(`Tokens of projects that end with the account: ${held.projectTokens}`);
  },
};

const remove: Command = {
  path: ["user", "rm"],
  summary: "delete a user and hand over what belongs to projects",
  args: address,
  options: {
    heir: { type: "string", value: "ADDRESS", summary: "who takes over; user holdings says what" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { io, options, print } = ctx;
    const client = await clientOf(ctx);
    const user = await findUser(client, ctx.args.ADDRESS ?? "");
    const held = await client.call("listHoldings", { userId: user.id });
    const heir = typeof options.heir === "string" ? options.heir : undefined;
    const handed = handOver(held, heir);
    if (options.yes !== true) await confirm(io, `Delete ${user.email}?`);
    await client.call("deleteUser", { userId: user.id, confirmEmail: user.email, ...handed });
    print.result(`${user.email} is deleted.`, user);
  },
};

/** Everything to the one heir. Throws when there is something that the heir cannot take over. */
function handOver(held: Holdings, heir: string | undefined) {
  const idAmong = (heirs: readonly Heir[], what: string): string => {
    const found = heirs.find((each) => each.email === heir?.toLowerCase() || each.id === heir);
    if (found) return found.id;
    const able = heirs.length === 0 ? "nobody yet" : names(heirs).join(", ");
    throw new CliError(
      `Somebody has to take over ${what}: say --heir ADDRESS, one of: ${able}`,
      exitCodes.conflict,
    );
  };
  return {
    owners: held.projects.map((project) => ({
      projectId: project.id,
      userId: idAmong(project.heirs, project.name),
    })),
  };
}

export const userRemoveCommands: readonly Command[] = [holdings, remove];
