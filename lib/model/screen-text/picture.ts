/** What a screen shows: one number a pixel, the same for the same colour, row after row. */
export interface Picture {
  width: number;
  height: number;
  colours: Uint32Array;
}
