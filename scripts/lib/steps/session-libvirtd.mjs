import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { capture, findProgram } from "../run.mjs";
import { trySocket, untilSocketAnswers } from "../socket.mjs";
import { StepError } from "../steps.mjs";

/**
 * Where a user's own libvirtd listens, in the order in which the portal looks.
 * @param {{ uid: number }} setup
 */
function sessionSockets(setup) {
  const folders = [`/run/user/${setup.uid}`, join(homedir(), ".cache")];
  return folders.map((folder) => join(folder, "libvirt/libvirt-sock"));
}

async function answers(setup) {
  for (const path of sessionSockets(setup)) {
    if ((await trySocket(path)) === "answers") return true;
  }
  return false;
}

/** A libvirtd of this user's own; it stays when the portal stops. */
export const sessionLibvirtd = {
  title: "libvirtd of this user",
  undo: "end the process libvirtd that runs as you; your guests go on",
  plan: async (setup) => ((await answers(setup)) ? null : "start it"),
  async apply(setup) {
    const libvirtd = findProgram("libvirtd");
    if (libvirtd === null) throw new StepError("The program libvirtd is not installed.");
    const runtime = `/run/user/${setup.uid}`;
    const here = existsSync(runtime);
    const folder = here ? runtime : join(homedir(), ".cache");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const env = { ...process.env, XDG_RUNTIME_DIR: here ? runtime : undefined };
    const started = await capture([libvirtd, "--daemon"], { env, cwd: "/", timeoutMs: 60_000 });
    if (!(await untilSocketAnswers(join(folder, "libvirt/libvirt-sock"), 10_000))) {
      throw new StepError(`libvirtd could not be started: ${started.stderr.trim()}`);
    }
  },
};
