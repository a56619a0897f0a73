import { beforeEach, expect, it } from "vitest";
import { type ClipboardSync, clipboardLimitBytes, createClipboardSync } from "./sync";

/** The computer's clipboard. */
let own: string;
let mayRead: boolean;
let mayWrite: boolean;
/** What the guest got. */
let sent: string[];
let sync: ClipboardSync;

beforeEach(() => {
  own = "";
  mayRead = true;
  mayWrite = true;
  sent = [];
  sync = createClipboardSync(
    {
      mayRead: async () => mayRead,
      read: async () => own,
      async write(text) {
        if (!mayWrite) throw new Error("not allowed");
        own = text;
      },
    },
    (text) => sent.push(text),
  );
});

it("what was copied here reaches the guest once", async () => {
  own = "grüße 你好";
  await sync.focused();
  await sync.focused();
  expect(sent).toEqual(["grüße 你好"]);
});

it("what the guest copied is here, and does not go back", async () => {
  await sync.fromGuest("from inside");
  expect(own).toBe("from inside");
  await sync.focused();
  expect(sent).toEqual([]);
});

it("nothing is read unless the browser allows it without asking", async () => {
  own = "a password";
  mayRead = false;
  await sync.focused();
  expect(sent).toEqual([]);
});

it("what could not be written is, once the screen has the keyboard", async () => {
  own = "old";
  await sync.focused();
  mayWrite = false;
  await sync.fromGuest("new");
  expect(own).toBe("old");
  mayWrite = true;
  await sync.focused();
  expect(own).toBe("new");
  expect(sent).toEqual(["old"]);
});

it("what was copied here since is not written over", async () => {
  mayWrite = false;
  await sync.fromGuest("the guest's");
  mayWrite = true;
  own = "newer";
  await sync.focused();
  expect(own).toBe("newer");
  expect(sent).toEqual(["newer"]);
});

it("neither too much nor nothing goes over", async () => {
  own = "ü".repeat(clipboardLimitBytes / 2 + 1);
  await sync.focused();
  await sync.fromGuest("x".repeat(clipboardLimitBytes + 1));
  await sync.fromGuest("");
  expect(sent).toEqual([]);
  expect(own).toMatch(/^ü/);
  own = "ü".repeat(clipboardLimitBytes / 2);
  await sync.focused();
  expect(sent).toEqual([own]);
});
