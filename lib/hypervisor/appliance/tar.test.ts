import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { tarBytes, tarEnd, tarHeader, tarPadding } from "./tar";

const at = new Date("2030-01-02T03:04:05Z");
const list = (archive: Buffer) =>
  spawnSync("tar", ["--utc", "-tvf", "-"], { input: archive, encoding: "utf8" });

it("is what tar itself reads, to the byte", () => {
  const files = [Buffer.alloc(0), Buffer.alloc(512, 1), Buffer.alloc(513, 2)];
  const archive = Buffer.concat([
    ...files.flatMap((file, index) => [
      tarHeader(`file-${index}`, file.length, at),
      file,
      tarPadding(file.length),
    ]),
    tarEnd(),
  ]);
  expect(archive.length).toBe(tarBytes(files.map(({ length }) => length)));
  const { stdout, stderr, status } = list(archive);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout.split("\n").map((line) => line.split(/\s+/).slice(2).join(" "))).toEqual([
    "0 2030-01-02 03:04 file-0",
    "512 2030-01-02 03:04 file-1",
    "513 2030-01-02 03:04 file-2",
    "",
  ]);
});

it.each([8 ** 11 - 1, 8 ** 11, 3 * 1024 ** 4])("says a size of %d bytes", (sizeBytes) => {
  expect(list(tarHeader("disk.raw", sizeBytes, at)).stdout).toContain(` ${sizeBytes} `);
});
