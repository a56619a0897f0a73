import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";
import { LibvirtError, unreachable } from "../errors";

const MAX_COMPLAINT_CHARS = 2_000;

/**
 * A child's standard input and output as one pipe. It ends by an error that says what the child
 * complained about, for "hung up" alone helps nobody. Destroying it ends the child.
 */
export class ChildPipe extends Duplex {
  private complaint = "";

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    name: string,
  ) {
    super();
    child.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      this.complaint = (this.complaint + text).slice(-MAX_COMPLAINT_CHARS);
    });
    // A child that has gone is reported by its end; a failed write says less.
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => this.destroy(unreachable(`${name} could not be started`, error)));
    child.on("close", (status) => {
      const said = this.complaint.trim() || `it ended with status ${status}`;
      this.destroy(new LibvirtError("unreachable", `${name}: ${said}`));
    });
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(
    chunk: Buffer,
    _encoding: string,
    callback: (error?: Error | null) => void,
  ): void {
    this.child.stdin.write(chunk, () => callback());
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.child.kill();
    callback(error);
  }
}
