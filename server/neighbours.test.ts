import { expect, test } from "vitest";
import { neighbours } from "./neighbours";

const PORTICO_ORIGIN = "https://www.example.org";

test("a portal with an origin of its own shares it with nobody", () => {
  expect(neighbours({ PORTICO_ORIGIN, PORTICO_BASE_PATH: "" })).toEqual([]);
});

test("one below a path is told with whom, and what that means", () => {
  expect(neighbours({ PORTICO_ORIGIN, PORTICO_BASE_PATH: "/cloud" })).toEqual([
    expect.stringMatching(/shares https:\/\/www\.example\.org .* as whoever is signed in/),
  ]);
});
