import type { OperationResult } from "@/lib/api/spec/operations";
import { nicModels } from "@/lib/model/nic";
import { CliError, usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

const macOption = {
  mac: { type: "string", value: "MAC", summary: "which card, where it has several" },
} as const;

type Nic = OperationResult<"getVm">["nics"][number];
type Limits = Nic["limits"];

/** The VM, and the card that is meant: its MAC may be left out where there is one. */
async function findNic(client: Client, name: string, given: unknown) {
  const { id: vmId } = await findVm(client, name);
  const { nics } = await client.call("getVm", { vmId });
  const mac = typeof given === "string" ? given.toLowerCase() : null;
  const [nic, second] = nics.filter((each) => mac === null || each.mac === mac);
  if (second !== undefined) {
    throw usageError(`Say which by --mac: ${nics.map((each) => each.mac).join(", ")}`);
  }
  if (nic === undefined) {
    throw new CliError(`${name} has no network card ${mac ?? ""}`.trim(), exitCodes.notFound);
  }
  return { vmId, mac: nic.mac, nic };
}

const add: Command = {
  path: ["nic", "add"],
  summary: "add a network card to a VM, running or not",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    network: { type: "string", value: "NETWORK", summary: "default when left out" },
    model: { type: "string", choices: nicModels, summary: "virtio when left out" },
    ...diffOption,
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, args.NAME ?? "");
    const network = typeof options.network === "string" ? options.network : "default";
    const model = nicModels.find((each) => each === options.model) ?? "virtio";
    const after = await client.call("addVmNic", { vmId, network, model });
    print.result(`${after.name} has one more network card: ${after.nics.at(-1)?.mac}`, after);
  },
};

const link: Command = {
  path: ["nic", "link"],
  summary: "plug a VM's network cable in or out, now and for the next start",
  args: [{ name: "NAME", completes: "vm" }, { name: "STATE" }],
  options: { ...macOption, ...diffOption },
  async run(ctx) {
    const { NAME = "", STATE } = ctx.args;
    if (STATE !== "up" && STATE !== "down") throw usageError("STATE is one of up, down");
    const client = await clientOf(ctx);
    const { vmId, mac } = await findNic(client, NAME, ctx.options.mac);
    const after = await client.call("setVmNicLink", { vmId, mac, up: STATE === "up" });
    ctx.print.result(`${after.name}: the link of ${mac} is ${STATE}.`, after);
  },
};

const remove: Command = {
  path: ["nic", "rm"],
  summary: "take a network card out of a VM, running or not",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    ...macOption,
    ...diffOption,
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { vmId, mac } = await findNic(client, args.NAME ?? "", options.mac);
    const asks = options.yes !== true && options.diff !== true;
    if (asks) await confirm(io, `Take the card ${mac} out of ${args.NAME}?`);
    const after = await client.call("removeVmNic", { vmId, mac });
    print.result(`${after.name} no longer has the network card ${mac}.`, after);
  },
};

const move: Command = {
  path: ["nic", "move"],
  summary: "put a VM's network card into another network, now and for the next start",
  args: [{ name: "NAME", completes: "vm" }, { name: "NETWORK" }],
  options: { ...macOption, ...diffOption },
  async run(ctx) {
    const { NAME = "", NETWORK: network = "" } = ctx.args;
    const client = await clientOf(ctx);
    const { vmId, mac } = await findNic(client, NAME, ctx.options.mac);
    const after = await client.call("moveVmNic", { vmId, mac, network });
    ctx.print.result(`${after.name}: ${mac} is in the network ${network}.`, after);
  },
};

const setModel: Command = {
  path: ["nic", "model"],
  summary: "make a VM's network card another model at its next start",
  args: [{ name: "NAME", completes: "vm" }, { name: "MODEL" }],
  options: { ...macOption, ...diffOption },
  async run(ctx) {
    const { NAME = "", MODEL } = ctx.args;
    const model = nicModels.find((each) => each === MODEL);
    if (model === undefined) throw usageError(`MODEL is one of ${nicModels.join(", ")}`);
    const client = await clientOf(ctx);
    const { vmId, mac } = await findNic(client, NAME, ctx.options.mac);
    const after = await client.call("setVmNicModel", { vmId, mac, model });
    ctx.print.result(`${after.name}: ${mac} is ${model} at its next start.`, after);
  },
};

/** As virsh takes it: average, peak and burst, of which the last two may be left out. */
function limitOf(text: string): Limits["inbound"] {
  if (text === "none") return null;
  const figures = text.match(/^(\d+)(?:,(\d*))?(?:,(\d*))?$/)?.slice(1);
  if (figures === undefined)
    throw usageError(`${text} is no limit: like 10240,20480,4096, or none`);
  const [average = 0, peak = 0, burst = 0] = figures.map((figure) => Number(figure ?? 0));
  return { average, peak: peak || null, burst: burst || null };
}

const limit: Command = {
  path: ["nic", "limit"],
  summary: "hold a VM's network card to limits (administrators)",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    ...macOption,
    inbound: { type: "string", value: "LIMIT", summary: "KiB/s: average,peak,burst or none" },
    outbound: { type: "string", value: "LIMIT", summary: "what is not named stays as it is" },
    ...diffOption,
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const { vmId, mac, nic } = await findNic(client, args.NAME ?? "", options.mac);
    const wanted = { ...(nic.next ?? nic).limits };
    for (const direction of ["inbound", "outbound"] as const) {
      const text = options[direction];
      if (typeof text === "string") wanted[direction] = limitOf(text);
    }
    const after = await client.call("setVmNicLimits", { vmId, mac, ...wanted });
    print.result(`${after.name}: ${mac} has new limits.`, after);
  },
};

export const nicCommands: readonly Command[] = [add, remove, move, setModel, limit, link];
