import { expect, it } from "vitest";
import { consoleCloses } from "@/lib/console/closes";
import { closeCodes } from "./close-codes";

it("has the codes that the server closes with", () => {
  const sent = Object.fromEntries(
    Object.entries(consoleCloses).map(([name, { code }]) => [name, code]),
  );
  expect(closeCodes).toEqual(sent);
});
