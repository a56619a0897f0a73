import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError, usageError } from "./cli-error";
import type { Client } from "./client";
import { everyPage } from "./every-page";
import { exitCodes } from "./exit-codes";

export type Image = OperationResult<"listImages">["items"][number];

/** The image with this id or name in the project; two of one name have to be told apart by id. */
export async function findImage(client: Client, projectId: string, named: string): Promise<Image> {
  const images = await everyPage((cursor) =>
    client.call("listImages", { projectId, cursor, limit: 200 }),
  );
  const byId = images.find((image) => image.id === named);
  if (byId) return byId;
  const [found, twin] = images.filter((image) => image.name === named);
  if (twin) throw usageError(`Several images are named "${named}": name one by its id.`);
  if (found) return found;
  throw new CliError(
    `There is no image "${named}". portico image ls lists them.`,
    exitCodes.notFound,
  );
}
