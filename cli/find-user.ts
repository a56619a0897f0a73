import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { everyPage } from "./every-page";
import { exitCodes } from "./exit-codes";

export type User = OperationResult<"listUsers">["items"][number];
export type Member = OperationResult<"listMembers">["items"][number];

/** The user with this address or id, of the installation. */
export async function findUser(client: Client, named: string): Promise<User> {
  const users = await everyPage((cursor) => client.call("listUsers", { cursor, limit: 200 }));
  const found = users.find((user) => user.email === named.toLowerCase() || user.id === named);
  if (found) return found;
  throw new CliError(`There is no user ${named}. portico user ls lists them.`, exitCodes.notFound);
}

/** The member with this address or id, of the project. */
export async function findMember(
  client: Client,
  projectId: string,
  named: string,
): Promise<Member> {
  const members = await everyPage((cursor) =>
    client.call("listMembers", { projectId, cursor, limit: 200 }),
  );
  const found = members.find(
    (member) => member.email === named.toLowerCase() || member.userId === named,
  );
  if (found) return found;
  throw new CliError(
    `${named} is no member of the project. portico member ls lists them.`,
    exitCodes.notFound,
  );
}
