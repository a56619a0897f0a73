import fc from "fast-check";
import { expect, it } from "vitest";
import { mostScale, noZoom, panned, showing, type Zoom, zoomed } from "./zoom";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });
const by = fc.double({ min: -3, max: 3, noNaN: true });

/** Where in the place a point of the picture is. */
const placeOf = ({ scale, x }: Zoom, point: number) => point * scale - x;

it("what is between the fingers stays there", () => {
  const near = zoomed(noZoom, { x: 0.25, y: 0.5 }, 4);
  expect(near).toEqual({ scale: 4, x: 0.75, y: 1.5 });
  expect(placeOf(near, 0.25)).toBe(0.25);
  expect(zoomed(near, { x: 0.25, y: 0.5 }, 1 / 4)).toEqual(noZoom);
});

it("a drag moves the picture with the finger, to its edge", () => {
  const near: Zoom = { scale: 3, x: 1, y: 1 };
  expect(panned(near, { x: 0.5, y: -0.25 })).toEqual({ scale: 3, x: 0.5, y: 1.25 });
  expect(panned(near, { x: 9, y: -9 })).toEqual({ scale: 3, x: 0, y: 2 });
  expect(panned(noZoom, { x: 0.5, y: 0.5 })).toEqual(noZoom);
});

it("the picture is never smaller than its place, nor beside it", () => {
  const step = fc.oneof(
    fc.record({ at: fc.record({ x: share, y: share }), factor }),
    fc.record({ by: fc.record({ x: by, y: by }) }),
    fc.record({ show: fc.record({ x: share, y: share }) }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let zoom = noZoom;
      for (const each of steps) {
        if ("at" in each) zoom = zoomed(zoom, each.at, each.factor);
        else if ("by" in each) zoom = panned(zoom, each.by);
        else zoom = showing(zoom, each.show);
        expect(zoom.scale).toBeGreaterThanOrEqual(1);
        expect(zoom.scale).toBeLessThanOrEqual(mostScale);
        for (const at of [zoom.x, zoom.y]) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(zoom.scale - 1);
        }
      }
    }),
  );
});

it("a pointer that leaves the place takes the picture along", () => {
  const near: Zoom = { scale: 4, x: 0, y: 0 };
  expect(showing(near, { x: 0.1, y: 0.1 })).toEqual(near);
  expect(placeOf(showing(near, { x: 0.5, y: 0.5 }), 0.5)).toBeCloseTo(0.9);
  expect(placeOf(showing({ ...near, x: 3 }, { x: 0.5, y: 0 }), 0.5)).toBeCloseTo(0.1);
  expect(showing(near, { x: 1, y: 1 })).toEqual({ scale: 4, x: 3, y: 3 });
});
