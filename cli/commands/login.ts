import { readFile } from "node:fs/promises";
import { usageError } from "../cli-error";
import { makeClient } from "../client";
import type { Command } from "../command";
import type { Io } from "../io";
import { languageOf } from "../language";
import { saveProfile } from "../profile";
import { readSecret } from "../read-secret";

export const login: Command = {
  path: ["login"],
  summary: "save an API token for a portal; make one at URL/account/tokens",
  args: [{ name: "URL" }],
  options: {
    "token-file": {
      type: "string",
      value: "FILE",
      summary: "read the token from a file; otherwise it is asked for, or read from stdin",
    },
  },
  async run({ io, args, options, print }) {
    const url = originOf(args.URL ?? "");
    const token = await givenToken(io, options["token-file"], url);
    const client = makeClient({ url, token }, languageOf(io.env), io.signal);
    const me = await client.call("whoAmI", {});
    const { items } = await client.call("listProjects", { limit: 2 });
    const given = typeof options.project === "string" ? options.project : undefined;
    const project = given ?? (items.length === 1 ? items[0]?.slug : undefined);
    const name = typeof options.profile === "string" ? options.profile : "default";
    await saveProfile(io.env, name, { url, token, project });
    print.result(`Signed in to ${url} as ${me.name}.`, { url, profile: name, name: me.name });
  },
};

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "") {
    throw usageError(`URL ${text}: like https://cloud.example.org`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, "");
}

/** Never from the command line: other people of the machine can read that. */
async function givenToken(
  io: Io,
  file: string | boolean | undefined,
  url: string,
): Promise<string> {
  const text =
    typeof file === "string"
      ? await readFile(file, "utf8").catch((error: unknown) => {
          throw usageError(error instanceof Error ? error.message : String(error));
        })
      : await readSecret(io, `Token (from ${url}/account/tokens): `);
  const token = text.trim();
  if (token === "") throw usageError("No token was given.");
  return token;
}
