import { operations } from "@/lib/api/spec/operations";
import { vmChangeSchema, vmVerbs } from "@/lib/model/vm-change";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { OnlyShown } from "./show-change";

/**
 * A client that asks for what is known, and in place of the first change of a VM for its preview,
 * which ends the call by `OnlyShown`. Any other change is refused: nothing is ever done.
 */
export function onlyShowing(client: Client): Client {
  return {
    profile: client.profile,
    async call(id, input, headers) {
      const { vmId, ...rest } = input as Record<string, unknown>;
      if (vmVerbs.some((verb) => verb === id) && typeof vmId === "string") {
        const change = vmChangeSchema.parse({ verb: id, input: rest });
        throw new OnlyShown(await client.call("previewVmChange", { vmId, change }));
      }
      const reads = operations[id].method === "GET" || id.startsWith("plan");
      if (!reads) throw new CliError(`${id} changes more than a definition: not with --diff.`);
      return client.call(id, input, headers);
    },
  };
}
