import { describe, expect, test } from "vitest";
import { chunkKeys, queuePlaces } from "./key-events";
import type { LayoutId } from "./layouts";
import { planText } from "./plan-text";

function chunks(text: string, layout: LayoutId, places: number) {
  const plan = planText(text, { layout, groupSwitch: "alt-shift" });
  if (!plan.ok) throw new Error("too long");
  return chunkKeys(plan.keys, places);
}

function told(text: string, layout: LayoutId, places = 100): string[] {
  return chunks(text, layout, places).map(({ events }) =>
    events.map(({ code, down }) => `${down ? "+" : "-"}${code}`).join(" "),
  );
}

describe("key events", () => {
  test("hold a modifier for as long as it is needed", () => {
    expect(told("ABc", "us")).toEqual([
      "+ShiftLeft +KeyA -KeyA +KeyB -KeyB -ShiftLeft +KeyC -KeyC",
    ]);
    expect(told("@É", "de")).toEqual([
      "+AltRight +KeyQ -KeyQ -AltRight +Equal -Equal +ShiftLeft +KeyE -KeyE -ShiftLeft",
    ]);
  });

  test("release everything around a switch of groups", () => {
    expect(told("Дa", "ru")).toEqual([
      "+ShiftLeft +KeyL -KeyL -ShiftLeft +AltLeft +ShiftLeft -ShiftLeft -AltLeft +KeyA -KeyA +AltLeft +ShiftLeft -ShiftLeft -AltLeft",
    ]);
  });

  test("come in chunks that fit, with nothing held at the end and no character divided", () => {
    const text = "Aé{B]|Ècç~^\n".repeat(20);
    const made = chunks(text, "de", 12);
    for (const { events } of made) {
      expect(queuePlaces(events)).toBeLessThanOrEqual(12);
      const held = new Set<string>();
      for (const { code, down } of events) {
        expect(held.has(code)).toBe(!down);
        if (down) held.add(code);
        else held.delete(code);
      }
      expect(held.size).toBe(0);
    }
    const typable = [...text].filter((each) => each !== "ç").length;
    expect(made.reduce((sum, { keys }) => sum + keys, 0)).toBe(typable);
  });

  test("count a key with a prefix twice", () => {
    const [chunk] = chunks("@", "de", 100);
    expect(queuePlaces(chunk?.events ?? [])).toBe(6);
  });
});
