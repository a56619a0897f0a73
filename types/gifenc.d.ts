/** The part of gifenc 1.0.3 that Portico uses. The package ships no types. */
declare module "gifenc" {
  export interface FrameOptions {
    palette: number[][];
    /** Milliseconds. */
    delay: number;
    colorDepth: number;
    transparent: boolean;
    transparentIndex: number;
    dispose: number;
    /** Also writes the screen's size and the loop, before it. */
    first: boolean;
  }

  export interface Encoder {
    writeHeader(): void;
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    reset(): void;
    /** A copy of what was written since the last reset. */
    bytes(): Uint8Array<ArrayBuffer>;
    /** The same without a copy. */
    bytesView(): Uint8Array<ArrayBuffer>;
  }

  export function GIFEncoder(options: { auto: boolean }): Encoder;

  /** `pixels` are of red, green, blue and one byte that is not looked at. */
  export function quantize(
    pixels: Uint8Array,
    mostColours: number,
    options: { format: "rgb565" },
  ): number[][];

  export function applyPalette(
    pixels: Uint8Array,
    palette: number[][],
    format: "rgb565",
  ): Uint8Array;
}
