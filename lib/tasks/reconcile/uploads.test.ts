import { readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { makeWorld } from "@/lib/services/testing/world";
import { tidyUploads } from "./uploads";

it("a part that goes while they are looked at does not keep the others from being tidied", async () => {
  const { db, hosts } = await makeWorld();
  const dir = await tempDir();
  // Listed, but not there any more.
  await symlink(join(dir, "gone"), join(dir, "0000000000"));
  const stray = join(dir, "1111111111");
  await writeFile(stray, "");
  await utimes(stray, 0, 0);
  const findings = await tidyUploads({ db, hosts, clock: () => new Date() }, dir);
  expect(findings).toEqual([{ kind: "upload.stray", hostId: null, subject: "1111111111" }]);
  expect(await readdir(dir)).toEqual(["0000000000"]);
});
