import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { everyPage } from "./every-page";
import { exitCodes } from "./exit-codes";
import { findProject } from "./find-project";

export type Vm = OperationResult<"listVms">["items"][number];

/** The VM of this name in the project, or with this id. */
export async function findVm(client: Client, named: string): Promise<Vm> {
  const { id: projectId, name: project } = await findProject(client);
  const vms = await everyPage((cursor) =>
    client.call("listVms", { projectId, cursor, limit: 200 }),
  );
  const found =
    vms.find((vm) => vm.name === named.normalize("NFC")) ?? vms.find((vm) => vm.id === named);
  if (found) return found;
  throw new CliError(
    `There is no VM "${named}" in ${project}. portico vm ls lists them.`,
    exitCodes.notFound,
  );
}
