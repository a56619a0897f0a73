import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import type { Picture } from "@/lib/model/screen-text/picture";
import { readScreenText } from "@/lib/model/screen-text/read-screen-text";
import { pngPicture } from "./png-picture";

const fixture = (name: string) => readFile(join(import.meta.dirname, "fixtures", name));

/** A screen that a real guest drew and QEMU wrote. */
async function screen(name: string): Promise<Picture> {
  const picture = await pngPicture(await fixture(name));
  if (picture === null) throw new Error(`${name} is no picture`);
  return picture;
}

/** Part of a picture, from a corner on. */
function cut({ width, height, colours }: Picture, left: number, top: number): Picture {
  const [columns, rows] = [width - left, height - top];
  const at = (index: number) =>
    (Math.floor(index / columns) + top) * width + left + (index % columns);
  return {
    width: columns,
    height: rows,
    colours: Uint32Array.from({ length: columns * rows }, (_, index) => colours[at(index)] ?? 0),
  };
}

it("reads every letter of a login in VGA's text mode", async () => {
  expect(readScreenText(await screen("vga-login.png"))).toEqual({
    lines: [
      "  Portico test guest: installer",
      "",
      "  Log in as root (no password), then type: g-install",
      "",
      "testguest login:",
    ],
    known: 83,
    unknown: 0,
  });
});

it("reads an installer's menu, letters with accents and other alphabets, and marks what it does not know", async () => {
  const text = readScreenText(await screen("debian-installer.png"));
  expect(text?.lines[0]).toMatch(/^ {4}┌─+┤ \[!!\] Select a language ├─+┐$/);
  const shown = text?.lines.map((line) => line.replace(/[│▒▮↑↓]/g, "").trim()) ?? [];
  expect(shown).toContain(
    "Choose the language to be used for the installation process. The selected language will also be the default language for the installed system.",
  );
  expect(shown).toContain("Lithuanian             -  Lietuviškai");
  expect(shown).toContain("Bulgarian              -  Български");
  expect(shown).toContain("Greek                  -  Ελληνικά");
  expect(shown).toContain("Japanese               -  ������");
  expect(shown.at(-1)).toBe("<Tab> moves; <Space> selects; <Enter> activates buttons");
  expect(text).toMatchObject({ known: 1166, unknown: 42 });
});

it("finds no text in a graphical installer, whose frames are lines and whose letters are smoothed", async () => {
  expect(readScreenText(await screen("graphical-installer.png"))).toBeNull();
});

it("reads firmware's console, which stands in the middle, and not the picture beside it", async () => {
  const text = readScreenText(await screen("edk2.png"));
  const shown = text?.lines.map((line) => line.trim());
  expect(shown).toContain(
    "iPXE 1.0.0+git-20190125.36a4c85-5.1 -- Open Source Network Boot Firmware -- http://ipxe.org",
  );
  expect(shown?.at(-1)).toBe(">>Start PXE over IPv4.");
});

it.each([
  [3, 5],
  [8, 1],
  [7, 15],
])("finds cells that begin %d pixels from the left and %d from the top", async (left, top) => {
  const text = readScreenText(cut(await screen("debian-installer.png"), left, top));
  expect(text?.lines.join("\n")).toContain("Lithuanian             -  Lietuviškai");
});

it("finds no text where there is none", async () => {
  const [width, height] = [640, 480];
  const flat = { width, height, colours: new Uint32Array(width * height) };
  expect(readScreenText(flat)).toBe(null);
  let seed = 1;
  const next = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed >>> 16;
  };
  const noise = (colours: number) => ({
    ...flat,
    colours: flat.colours.map(() => next() % colours),
  });
  for (const colours of [2, 3, 200]) expect(readScreenText(noise(colours))).toBe(null);
  expect(readScreenText({ width: 5, height: 3, colours: new Uint32Array(15) })).toBe(null);
});

/** A PNG of colours that says it has this size. */
function png(
  width: number,
  height: number,
  data: Buffer,
  change: (header: Buffer) => void = () => undefined,
) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  change(header);
  const part = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    signature,
    part("IHDR", header),
    part("IDAT", data),
    part("IEND", Buffer.alloc(0)),
  ]);
}

it("undoes every filter of PNG", async () => {
  const rows = [
    [0, 1, 2, 3, 4, 5, 6],
    [1, 1, 2, 3, 4, 5, 6],
    [2, 1, 1, 1, 1, 1, 1],
    [3, 2, 2, 2, 2, 2, 2],
    [4, 1, 1, 1, 1, 1, 1],
  ];
  const picture = await pngPicture(png(2, 5, deflateSync(Buffer.from(rows.flat()))));
  expect([...(picture?.colours ?? [])].map((colour) => colour.toString(16))).toEqual([
    "10203",
    "40506",
    "10203",
    "50709",
    "20304",
    "6080a",
    "30304",
    "60709",
    "40405",
    "7080a",
  ]);
});

it.each([
  ["more data than its size", png(2, 2, deflateSync(Buffer.alloc(50_000_000)))],
  ["less", png(200, 200, deflateSync(Buffer.alloc(100)))],
  ["a size beyond all screens", png(65_535, 65_535, deflateSync(Buffer.alloc(100)))],
  ["no size", png(0, 4, deflateSync(Buffer.alloc(4)))],
  ["16 bits a channel", png(1, 1, deflateSync(Buffer.alloc(4)), (header) => header.set([16], 8))],
  ["a filter that there is not", png(1, 1, deflateSync(Buffer.from([9, 0, 0, 0])))],
  ["no zlib stream", png(1, 1, Buffer.from("hello"))],
  ["nothing", Buffer.alloc(0)],
])("refuses a PNG with %s", async (_what, bytes) => {
  expect(await pngPicture(bytes)).toBe(null);
});
