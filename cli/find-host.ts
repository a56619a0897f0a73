import { CliError } from "./cli-error";
import type { Client } from "./client";
import { exitCodes } from "./exit-codes";

/** The id of a host by its id or name. Throws a CliError with the way to find one. */
export async function findHost(client: Client, named: string): Promise<string> {
  const { items } = await client.call("listHosts", {});
  const found = items.find(({ id, name }) => [id, name].includes(named));
  if (found) return found.id;
  throw new CliError(
    `There is no host "${named}". portico host ls lists them.`,
    exitCodes.notFound,
  );
}
