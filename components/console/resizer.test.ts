import { describe, expect, test } from "vitest";
import type { ConsoleViewer } from "@/lib/model/console-viewer";
import { type ResizeQuestion, whyNoResize } from "./resizer";

const viewer = (id: string, parts: Partial<ConsoleViewer> = {}): ConsoleViewer => ({
  id,
  name: id,
  kind: "screen",
  via: "member",
  viewOnly: false,
  ...parts,
});

function ask(
  parts: Partial<ResizeQuestion>,
  viewers = [viewer("me")],
  control = null as string | null,
) {
  return whyNoResize({
    video: { now: "virtio", next: "virtio" },
    consoles: { viewers, control, recorded: false },
    own: "me",
    watching: false,
    ...parts,
  });
}

describe("the guest's screen follows this window", () => {
  test("alone, beside who only watches or reads the serial port, and as who has the keyboard", () => {
    expect(ask({})).toBeNull();
    const others = [viewer("wall", { viewOnly: true }), viewer("serial", { kind: "serial" })];
    expect(ask({}, [...others, viewer("me")])).toBeNull();
    expect(ask({}, [viewer("ada"), viewer("me")], "me")).toBeNull();
  });

  test("before the portal has told of this console", () => {
    expect(ask({ own: null }, [])).toBeNull();
  });
});

describe("it does not", () => {
  test("where the device takes no size, and says whether the next start's does", () => {
    expect(ask({ video: { now: "vga", next: "vga" } })).toEqual({ why: "device", next: false });
    expect(ask({ video: { now: "other", next: "virtio" } })).toEqual({ why: "device", next: true });
    expect(ask({ video: { now: null, next: "virtio" } })).toEqual({ why: "off" });
    expect(ask({ video: null })).toEqual({ why: "off" });
  });

  test("for who only watches, nor for who came after another who may type", () => {
    expect(ask({ watching: true })).toEqual({ why: "watching" });
    expect(ask({}, [viewer("ada"), viewer("me")])).toEqual({ why: "other", name: "ada" });
  });
});
