import { readProcess } from "@/lib/hypervisor/process/read-process";
import { AppError } from "@/lib/model/errors";
import type { ProcessView } from "@/lib/model/process/process";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/**
 * A running VM as the process that it is on its host, for administrators and auditors. Throws
 * `vm.bad_state` when it is off, `host.unsupported` when its host is another machine.
 */
export async function getProcess(ctx: Context, input: { vmId: string }): Promise<ProcessView> {
  const row = await findVm(ctx, input.vmId, "vm.process");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (live.bootId === null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${row.id} is off`,
      userMessage: { key: "process.none" },
    });
  }
  const process = await readProcess(host, row.uuid);
  return { vmId: row.id, ...process, commands: processCommands(process.pid, row.uuid) };
}

function processCommands(pid: number, uuid: string): string[] {
  return [
    `ps -ww -o pid,user,lstart,rss,nlwp,args -p "$(pgrep -f -- '-uuid ${uuid}')"`,
    `ps -L -o tid,comm,time,psr -p ${pid}`,
    `sudo ls -l /proc/${pid}/fd`,
    `cat /proc/${pid}/cgroup`,
  ];
}
