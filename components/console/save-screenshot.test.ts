import { expect, it } from "vitest";
import { screenshotName } from "./save-screenshot";

it.each([
  ["web server", "web-server-20250131-120000.png"],
  ["数据库 01", "数据库-01-20250131-120000.png"],
  ["../../etc/passwd", "etc-passwd-20250131-120000.png"],
  ["///", "console-20250131-120000.png"],
])("names the screenshot of %j", (name, expected) => {
  expect(screenshotName(name, new Date("2025-01-31T12:00:00.000Z"))).toBe(expected);
});
