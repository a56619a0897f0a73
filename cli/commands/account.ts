import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import { readProfile, removeProfile, saveProfile } from "../profile";
import { login } from "./login";

const profileName = (options: Record<string, string | boolean | undefined>) =>
  typeof options.profile === "string" ? options.profile : undefined;

const logout: Command = {
  path: ["logout"],
  summary: "forget the saved sign-in; the token itself stays until it is revoked",
  async run({ io, options, print }) {
    const removed = await removeProfile(io.env, profileName(options));
    print.result(removed ? "Forgotten." : "There was nothing to forget.", { removed });
  },
};

const whoami: Command = {
  path: ["whoami"],
  summary: "show who you are and what the token may",
  async run(ctx) {
    const client = await clientOf(ctx);
    const me = await client.call("whoAmI", {});
    ctx.print.result(
      `${me.name} <${me.email}> at ${client.profile.url}, by token "${me.token?.name}" ` +
        `(${me.token?.scopes.join(", ")})`,
      me,
    );
  },
};

const useProject: Command = {
  path: ["project", "use"],
  summary: "work in this project from now on",
  args: [{ name: "SLUG" }],
  async run(ctx) {
    const { io, args, options, print } = ctx;
    const client = await clientOf({ io, options: { ...options, project: args.SLUG } });
    const project = await findProject(client);
    const name = profileName(options) ?? "default";
    const profile = await readProfile(io.env, profileName(options));
    await saveProfile(io.env, name, { ...profile, project: project.slug });
    print.result(`Commands now work in ${project.name}.`, project);
  },
};

export const accountCommands: readonly Command[] = [login, logout, whoami, useProject];
