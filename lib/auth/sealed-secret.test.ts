import "@/lib/auth/testing/settings";
import { expect, it } from "vitest";
import { openSecret, sealSecret } from "./sealed-secret";

it("opens what it sealed, for its owner only, and shows nothing of it", () => {
  const sealed = sealSecret("JBSWY3DPEHPK3PXP", "ada");
  expect(openSecret(sealed, "ada")).toBe("JBSWY3DPEHPK3PXP");
  expect(openSecret(sealed, "bob")).toBeNull();
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("JBSWY3DP");
  expect(sealSecret("JBSWY3DPEHPK3PXP", "ada")).not.toBe(sealed);
});

it("refuses every changed byte, and what is too short to be anything", () => {
  const bytes = Buffer.from(sealSecret("secret", "ada"), "base64url");
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(openSecret(changed.toString("base64url"), "ada"), `byte ${index}`).toBeNull();
  }
  for (const short of ["", "AAAA", bytes.subarray(0, 27).toString("base64url")]) {
    expect(openSecret(short, "ada")).toBeNull();
  }
});
