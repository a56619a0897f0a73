import { expect, it } from "vitest";
import { announceEnded, onSessionEnded } from "./session-events";

it("tells every listener, also after one that fails, until it stops listening", () => {
  const heard: string[] = [];
  const stopBad = onSessionEnded(() => {
    throw new Error("on purpose");
  });
  const stop = onSessionEnded((id) => heard.push(id));
  announceEnded(["a", "b"]);
  stop();
  announceEnded(["c"]);
  stopBad();
  expect(heard).toEqual(["a", "b"]);
});
