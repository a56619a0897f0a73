import { describe, expect, it } from "vitest";
import { bootsAlike, cdDriveOf, withBootOf, withBootOnce } from "./boot-once";
import { parseXml, printXml, type XmlElement } from "./tree";

const disk = (target: string, more = "") =>
  `<disk type="file" device="disk"><target dev="${target}" bus="virtio"/>${more}</disk>`;
const cd = (type: string, more = "") =>
  `<disk type="${type}" device="cdrom"><target dev="sda" bus="scsi"/>${more}</disk>`;
const nic = (more = "") =>
  `<interface type="user"><mac address="52:54:00:00:00:0A"/>${more}</interface>`;
const domain = (os: string, ...devices: string[]) =>
  parseXml(`<domain><os><type>hvm</type>${os}</os><devices>${devices.join("")}</devices></domain>`);
const boot = (order: number) => `<boot order="${order}"/>`;
const flat = (root: XmlElement) => printXml(root).replaceAll(/\s*\n\s*/g, "");

const before = domain(
  "",
  disk("vda", boot(1)),
  disk("vdb"),
  cd("file", '<source file="/old.iso"/>'),
  nic(boot(2)),
);
const medium = { pool: "images", volume: "new.iso" };
const once = domain(
  "",
  disk("vda", boot(2)),
  disk("vdb"),
  cd("volume", `${boot(1)}<source pool="images" volume="new.iso"/>`),
  nic(boot(3)),
);

describe("a start from a CD, once", () => {
  it("tries the CD first, and then what is tried always", () => {
    const after = withBootOnce(before, medium);
    expect(flat(after)).toBe(flat(once));
    expect(bootsAlike(after, once)).toBe(true);
    expect(bootsAlike(after, before)).toBe(false);
  });

  it("is put back, with what lay in the drive", () => {
    const back = withBootOf(withBootOnce(before, medium), before);
    expect(bootsAlike(back, before)).toBe(true);
    expect(flat(back)).toContain('<source file="/old.iso"/>');
  });

  it("leaves what others changed meanwhile: a disk that is gone, and one that came", () => {
    const meanwhile = domain("", disk("vdc"), cd("file"), nic());
    expect(flat(withBootOf(meanwhile, before))).toBe(
      flat(domain("", disk("vdc"), cd("file", '<source file="/old.iso"/>'), nic(boot(2)))),
    );
  });

  it("knows definitions that name kinds of devices, and gives those back", () => {
    const kinds = domain('<boot dev="hd"/>', disk("vda"), cd("file"));
    const after = withBootOnce(kinds, medium);
    expect(flat(after)).toBe(
      flat(
        domain(
          "",
          disk("vda", boot(2)),
          cd("volume", `${boot(1)}<source pool="images" volume="new.iso"/>`),
        ),
      ),
    );
    expect(flat(withBootOf(after, kinds))).toBe(flat(kinds));
  });

  it("needs a CD drive", () => {
    const bare = domain("", disk("vda", boot(1)));
    expect(cdDriveOf(bare)).toBeNull();
    expect(cdDriveOf(before)).toBe("sda");
    expect(() => withBootOnce(bare, medium)).toThrow("no CD drive");
  });
});
