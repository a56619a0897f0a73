import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brokenKvm, kvmCircumstances, libvirtdPid, rememberKvm, seesKvm } from "../broken-kvm.mjs";
import {
  configWith,
  hideKvmDropIn,
  libvirtdArgv,
  ownLibvirtdSettings,
} from "../libvirtd-config.mjs";
import { capture, findProgram } from "../run.mjs";
import { warn } from "../say.mjs";
import { groupOf } from "../setup.mjs";
import { trySocket, untilSocketAnswers } from "../socket.mjs";
import { StepError } from "../steps.mjs";

const socket = "/run/libvirt/libvirt-sock";
const dropIn = "/etc/systemd/system/libvirtd.service.d/portico-hide-kvm.conf";
const coveringNode = "/run/portico/no-kvm";
const log = "/var/log/libvirt/portico-libvirtd.log";

/** The machine's libvirtd: started when it does not run, and never stopped by us. */
export const systemLibvirtd = {
  title: "libvirtd",
  undo: `with systemd: systemctl disable --now libvirtd (and remove ${dropIn} if it is there); without: end the process libvirtd. Guests go on either way.`,
  async plan(setup) {
    const answer = await trySocket(socket);
    if (answer === "denied") return "stop, because this login may not use libvirt's socket";
    const kvm = setup.isRoot ? await kvmPlan(setup) : null;
    if (answer === "answers") return kvm;
    if (!setup.isRoot) return "stop, because only root can start libvirtd";
    return ["start it", setup.systemd ? "by systemd" : "by itself", kvm]
      .filter((part) => part !== null)
      .join(", ");
  },
  settled: rememberKvm,
  async apply(setup) {
    if (!setup.isRoot) {
      throw new StepError(
        (await trySocket(socket)) === "denied"
          ? `This login may not use ${socket}. Run:\n\n  sudo usermod -aG libvirt "$USER"\n\nthen log out and in again.`
          : `libvirtd does not run. Run:\n\n  sudo ${setup.systemd ? "systemctl enable --now libvirtd" : "npm start -- --setup"}\n\nthen run this again.`,
      );
    }
    await (setup.systemd ? startBySystemd(setup) : startByItself(setup));
    if (!(await untilSocketAnswers(socket, 60_000))) {
      throw new StepError(`libvirtd does not answer at ${socket}.\n${tail(log)}`);
    }
  },
};

/** What to do about a /dev/kvm that does not work, in words; null for nothing. */
async function kvmPlan(setup) {
  const pid = libvirtdPid();
  const hidden = existsSync(dropIn);
  if (pid !== null && !hidden && !seesKvm(pid)) return null;
  if (hidden && read(dropIn).includes(kvmCircumstances(setup))) return null;
  const complaint = await brokenKvm(setup);
  if (complaint === null) {
    const worksNow = hidden && existsSync("/dev/kvm");
    return worksNow ? "let it see /dev/kvm, which works now (and restart it)" : null;
  }
  const why = `/dev/kvm, which does not work here (${complaint})`;
  if (setup.systemd && hidden) return `keep it from ${why}; drop-in ${dropIn}`;
  if (setup.systemd) return `restart it without ${why}; drop-in ${dropIn}`;
  if (pid === null) return `without ${why}`;
  if (!seesKvm(pid)) return null;
  warn(`libvirtd (process ${pid}) sees a /dev/kvm that does not work: ${complaint}`);
  warn(`It will be slow. End it (guests go on) and start Portico again: kill ${pid}`);
  return null;
}

async function startBySystemd(setup) {
  const broken = (await brokenKvm(setup)) !== null;
  const restart = broken !== existsSync(dropIn);
  if (broken) {
    mkdirSync(dirname(dropIn), { recursive: true });
    writeFileSync(dropIn, hideKvmDropIn(kvmCircumstances(setup)));
  } else {
    rmSync(dropIn, { force: true });
  }
  await systemctl("daemon-reload");
  await systemctl("enable", "--now", "libvirtd");
  if (restart) await systemctl("restart", "libvirtd");
}

async function systemctl(...args) {
  const { code, stderr } = await capture(["systemctl", ...args]);
  if (code !== 0) throw new StepError(`systemctl ${args.join(" ")}: ${stderr.trim()}`);
}

async function startByItself(setup) {
  const libvirtd = findProgram("libvirtd");
  const virtlogd = findProgram("virtlogd");
  if (libvirtd === null) throw new StepError("The program libvirtd is not installed.");
  mkdirSync(dirname(log), { recursive: true });
  mkdirSync("/run/libvirt", { recursive: true });
  // Keeps the guests' console logs; systemd would start it when it is needed.
  if (virtlogd !== null && (await trySocket("/run/libvirt/virtlogd-sock")) !== "answers") {
    await capture([virtlogd, "--daemon"]);
  }
  const config = join(setup.dataDir, "libvirtd.conf");
  const hasLibvirtGroup = groupOf(read("/etc/group"), "libvirt") !== null;
  const settings = ownLibvirtdSettings({ hasLibvirtGroup });
  writeFileSync(config, configWith(read("/etc/libvirt/libvirtd.conf"), settings), { mode: 0o600 });

  const hideKvm = (await brokenKvm(setup)) === null ? null : await makeCoveringNode();
  const argv = libvirtdArgv({ tini: findProgram("tini"), libvirtd, config, hideKvm });
  const output = openSync(log, "a", 0o600);
  // A session of its own: neither the portal's end nor Ctrl-C reaches it.
  spawn(argv[0], argv.slice(1), {
    cwd: "/",
    detached: true,
    stdio: ["ignore", output, output],
  }).unref();
}

/** A device node that nobody can open; null, with a warning, where nodes cannot be made. */
async function makeCoveringNode() {
  if (existsSync(coveringNode)) return coveringNode;
  mkdirSync(dirname(coveringNode), { recursive: true, mode: 0o755 });
  const made = await capture(["mknod", "-m", "000", coveringNode, "c", "0", "0"]);
  if (made.code === 0) return coveringNode;
  warn(`/dev/kvm does not work and cannot be hidden from libvirtd here (${made.stderr.trim()}).`);
  warn("Defining and starting guests will be slow.");
  return null;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const tail = (path) => read(path).split("\n").slice(-15).join("\n");
