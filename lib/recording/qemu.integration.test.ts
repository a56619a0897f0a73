import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { connectTarget, readGreeting, type Target } from "@/lib/websockify";
import { readPacked, readSegments } from "./read-recording";
import { record, usualPace } from "./recorder";
import { type Picture, paint, readPpm } from "./testing/paint";

interface Guest {
  path: string;
  folder: string;
  /** A command of QEMU's monitor; resolves when it has been carried out. */
  ask(command: string): Promise<void>;
}

/** A guest without disks in emulation; it stays in its BIOS, whose text says so. */
async function startQemu(): Promise<Guest> {
  const folder = mkdtempSync(join(tmpdir(), "portico-qemu-"));
  const path = join(folder, "vnc.sock");
  const display = ["-display", "none", "-vga", "std", "-vnc", `unix:${path}`];
  const guest = spawn(
    "qemu-system-x86_64",
    ["-machine", "pc,accel=tcg", "-m", "32", "-nodefaults", "-monitor", "stdio", ...display],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  let said = "";
  guest.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  onTestFinished(async () => {
    const gone = new Promise((resolve) => guest.once("exit", resolve));
    guest.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  const prompts = () => said.split("(qemu) ").length - 1;
  await expect.poll(prompts, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect
    .poll(
      async () => (await connect(path).catch(() => null))?.target.socket.destroy() !== undefined,
      { timeout: 20_000 },
    )
    .toBe(true);
  return {
    path,
    folder,
    async ask(command) {
      const before = prompts();
      guest.stdin.write(`${command}\n`);
      await expect.poll(prompts, { timeout: 20_000 }).toBeGreaterThan(before);
    },
  };
}

async function connect(path: string): Promise<{ target: Target; greeting: Buffer }> {
  const target = await connectTarget({ path }, { timeoutMs: 5_000 });
  return { target, greeting: await readGreeting(target, { timeoutMs: 5_000 }) };
}

test("what is played is what QEMU says that the guest showed, pixel by pixel", async () => {
  const guest = await startQemu();
  const path = join(guest.folder, "a.rfb");
  const stop = new AbortController();
  const pace = { ...usualPace, everyMs: 20, segmentMs: 100 };
  const recording = record({ path, ...(await connect(guest.path)), pace, signal: stop.signal });

  const dumped = async (): Promise<Picture> => {
    const file = join(guest.folder, "a.ppm");
    await guest.ask(`screendump ${file}`);
    return readPpm(readFileSync(file));
  };
  const replayed = async (): Promise<Picture | null> => {
    const segments = await readSegments(path);
    const last = segments.at(-1);
    // The first is not enough: that a later one is whole in itself is what is asked.
    if (last === undefined || segments.length < 2) return null;
    const raw = gunzipSync((await readPacked(path, segments.length - 1)) ?? Buffer.alloc(0));
    const whole = last.index.reduce((sum, each) => sum + each.bytes, 0);
    return paint(raw.subarray(0, whole), last.width, last.height);
  };
  // The cursor blinks: the two are to be equal at one moment of several.
  await expect
    .poll(
      async () => {
        const [now, then] = [await dumped(), await replayed()];
        const text = new Set(now.rgb).size > 1 && now.height === 400;
        return text && then?.rgb.equals(now.rgb);
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(true);
  stop.abort();
  const { end, segments } = await recording;
  expect({ end, several: segments > 1 }).toEqual({ end: "stopped", several: true });
  for (const { index } of await readSegments(path)) expect(index.length).toBeGreaterThan(0);
});
