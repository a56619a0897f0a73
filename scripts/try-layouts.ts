/**
 * Types every character of every layout into a guest that has the keymap which Debian's
 * console-setup makes of XKB's layout, and says what arrived as something else:
 *
 *   npx tsx scripts/try-layouts.ts [LAYOUT…]
 *
 * As root, on Debian; it downloads console-setup, keyboard-configuration, xkb-data and kbd into a
 * folder for the time. Half a minute for the guest, and some five seconds for each layout.
 */
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { typeKeys } from "@/components/console/typist";
import { ensureGuestIso } from "@/e2e/guest/guest-iso";
import { eventually } from "@/e2e/helpers/eventually";
import { guestIsUp, inGuest } from "@/e2e/helpers/oracle";
import { vncKeyboard } from "@/e2e/helpers/vnc-keyboard";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { type LayoutId, layoutIds, tableOf } from "@/lib/model/keyboard/layouts";
import { planText } from "@/lib/model/keyboard/plan-text";

const run = promisify(execFile);
const packages = ["console-setup", "console-setup-linux", "keyboard-configuration", "xkb-data"];
const lineLength = 8;

/** How console-setup is told of a layout, where it is not by the layout's name alone. */
const options: Partial<Record<LayoutId, string>> = {
  br: "-model abnt2 -layout br",
  jp: "-model jp106 -layout jp",
  ru: "-layout us,ru -variant , -option grp:alt_shift_toggle",
};

/** The keymap of each layout, as busybox's loadkmap takes it. */
async function keymaps(ids: readonly LayoutId[], folder: string): Promise<Map<LayoutId, Buffer>> {
  await chmod(folder, 0o777);
  await run("apt-get", ["download", "-qq", ...packages, "kbd"], { cwd: folder });
  await run("sh", ["-c", 'for each in *.deb; do dpkg -x "$each" .; done'], { cwd: folder });
  const maps = new Map<LayoutId, Buffer>();
  for (const id of ids) {
    const of = options[id] ?? `-layout ${id}`;
    const make = `usr/bin/ckbcomp -Iusr/share/X11/xkb ${of} 2>/dev/null | bin/loadkeys -u -b`;
    const { stdout } = await run("sh", ["-c", make], { cwd: folder, encoding: "buffer" });
    maps.set(id, stdout);
  }
  return maps;
}

async function startGuest(host: PrivateHost): Promise<void> {
  const iso = join(host.dir, "guest.iso");
  await copyFile(await ensureGuestIso(), iso);
  const definition = join(host.dir, "guest.xml");
  await writeFile(
    definition,
    `<domain type="qemu"><name>guest</name><memory unit="MiB">256</memory><vcpu>1</vcpu>
    <os><type arch="x86_64" machine="q35">hvm</type><boot dev="cdrom"/></os><features><acpi/></features>
    <devices>
      <disk type="file" device="cdrom"><source file="${iso}"/><target dev="sda" bus="sata"/></disk>
      <channel type="unix"><target type="virtio" name="org.qemu.guest_agent.0"/></channel>
      <graphics type="vnc"><listen type="socket" socket="${host.consoleDir}/guest.sock"/></graphics>
      <video><model type="vga"/></video>
    </devices></domain>`,
  );
  await host.virsh(["define", definition]);
  await host.virsh(["start", "guest"]);
  await guestIsUp(host, "guest");
}

/** What is typed: all characters of a layout; with Russian's, Latin ones of its other group. */
function textOf(id: LayoutId): string {
  const more = id === "ru" ? "abcXYZ{}[]@#&|<>'~`^$" : "";
  const all = [...tableOf(id).keys(), ...more].filter((each) => /\S/.test(each)).join("");
  return all.replace(new RegExp(`.{1,${lineLength}}`, "gu"), "$&\n");
}

const asked = process.argv.slice(2);
// Russian is left in its other group, which the next one would begin in.
const ids = layoutIds
  .filter((each) => asked.length === 0 || asked.includes(each))
  .toSorted((one, other) => Number(one === "ru") - Number(other === "ru"));
const folder = await mkdtemp(join(tmpdir(), "portico-layouts-"));
const host = await startPrivateHost({ name: "keys" });
try {
  const maps = await keymaps(ids, folder);
  await startGuest(host);
  const sh = (command: string) => inGuest(host, "guest", ["/bin/sh", "-c", command]);
  await sh("chvt 2; cat </dev/tty2 >>/tmp/typed 2>/dev/null &");
  const keyboard = await vncKeyboard(join(host.consoleDir, "guest.sock"));
  for (const id of ids) {
    const map = gzipSync(maps.get(id) ?? "").toString("base64");
    await sh(`echo ${map} | base64 -d | gunzip | loadkmap; : >/tmp/typed`);
    const groupSwitch = id === "ru" ? "alt-shift" : null;
    if (groupSwitch !== null) {
      const chord = ["AltLeft", "ShiftLeft"].map((code) => ({ code, keysym: 0 }));
      for (const key of chord) keyboard.send({ ...key, down: true });
      for (const key of chord.reverse()) keyboard.send({ ...key, down: false });
    }
    const plan = planText(textOf(id), { layout: id, groupSwitch });
    if (!plan.ok) throw new Error(`${id} is too long`);
    const signal = new AbortController().signal;
    await typeKeys(keyboard, plan.keys, { signal, onProgress: () => undefined });
    const wanted = plan.text.split("\n");
    const got = await eventually(id, async () => {
      const lines = (await sh("cat /tmp/typed")).split("\n");
      if (lines.length < wanted.length) throw new Error("not all lines are there");
      return lines;
    });
    const wrong = wanted.flatMap((line, at) => (line === got[at] ? [] : [`${line} → ${got[at]}`]));
    const count = [...plan.text.replaceAll("\n", "")].length;
    console.log(`${id}: ${count} characters, ${wrong.length === 0 ? "all right" : "wrong:"}`);
    for (const each of wrong) console.log(`  ${each}`);
  }
  keyboard.close();
} finally {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
}
