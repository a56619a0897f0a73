import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const modules = "/usr/lib/syslinux/modules/bios";

/** What SYSLINUX's graphical menu draws: all of it in no colour, so that the picture is bare. */
const drawn =
  "screen border title unsel hotkey sel hotsel disabled scrollbar tabmsg cmdmark cmdline help msg07";

/**
 * Makes an ISO in `dir` whose boot menu shows this picture of 1024 × 768 and nothing else, for a
 * guest whose screen is graphical a few seconds after its start. Returns its path.
 */
export async function makePictureIso(png: string, dir: string): Promise<string> {
  const iso = join(dir, "picture.iso");
  const boot = join(dir, "picture/isolinux");
  await mkdir(boot, { recursive: true });
  await copyFile("/usr/lib/ISOLINUX/isolinux.bin", join(boot, "isolinux.bin"));
  for (const name of ["ldlinux.c32", "vesamenu.c32", "libcom32.c32", "libutil.c32"]) {
    await copyFile(join(modules, name), join(boot, name));
  }
  await copyFile(png, join(boot, "picture.png"));
  const config = [
    "default vesamenu.c32",
    "prompt 0",
    "menu resolution 1024 768",
    "menu background picture.png",
    "menu rows 1",
    ...drawn.split(" ").map((name) => `menu color ${name} 0 #00000000 #00000000 none`),
    "label none",
    "menu label -",
    "localboot 0",
  ];
  await writeFile(join(boot, "isolinux.cfg"), `${config.join("\n")}\n`);
  const image = ["-b", "isolinux/isolinux.bin", "-c", "isolinux/boot.cat", "-no-emul-boot"];
  const table = ["-boot-load-size", "4", "-boot-info-table"];
  const volume = ["-R", "-V", "PICTURE", "-o", iso];
  await run("xorriso", ["-as", "mkisofs", ...volume, ...image, ...table, join(dir, "picture")]);
  return iso;
}
