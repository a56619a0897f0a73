import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { readQueues, readTransparent, setScheduler } from "./sysfs";

/** A sysfs of its own: no test writes this machine's. */
async function fakeSys(): Promise<string> {
  const sys = await tempDir();
  const put = async (path: string, text: string) => {
    await mkdir(join(sys, path, ".."), { recursive: true });
    await writeFile(join(sys, path), text);
  };
  await put("block/sda/queue/scheduler", "none [mq-deadline] kyber\n");
  await put("block/nvme0n1/queue/scheduler", "[none] mq-deadline\n");
  await put("block/loop0/queue/scheduler", "[none]\n");
  await put("kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  return sys;
}

it("tells of disks alone, and of what their kernel can", async () => {
  const sys = await fakeSys();
  expect(await readQueues(sys)).toEqual([
    { disk: "nvme0n1", scheduler: "none", choices: ["none", "mq-deadline"] },
    { disk: "sda", scheduler: "mq-deadline", choices: ["none", "mq-deadline", "kyber"] },
  ]);
  expect(await readTransparent(sys)).toBe("madvise");
  expect([await readQueues("/nowhere"), await readTransparent("/nowhere")]).toEqual([[], null]);
});

it("writes the scheduler that is asked for, and nothing else", async () => {
  const sys = await fakeSys();
  const file = join(sys, "block/sda/queue/scheduler");
  await setScheduler(sys, "sda", "kyber");
  expect(await readFile(file, "utf8")).toBe("kyber");
  await expect(setScheduler(sys, "sdz", "none")).rejects.toMatchObject({ code: "not_found" });
  await expect(setScheduler(sys, "nvme0n1", "bfq")).rejects.toMatchObject({
    code: "input.invalid",
    userMessage: { key: "tuning.no_scheduler" },
  });
});
