/** Since when a screen shows the same. */
export class Stillness {
  private shown: string | null = null;
  private before: string | null = null;
  private sinceMs = 0;

  /**
   * Tells what is shown now. One that comes and goes between the same two pictures is a cursor
   * that blinks, and stands still.
   */
  see(picture: string, nowMs: number): void {
    if (picture === this.shown) return;
    if (picture !== this.before) this.sinceMs = nowMs;
    this.before = this.shown;
    this.shown = picture;
  }

  stillMs(nowMs: number): number {
    return this.shown === null ? 0 : nowMs - this.sinceMs;
  }
}
