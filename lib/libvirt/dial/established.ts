import type { Duplex } from "node:stream";

/** Waits for `event` of a pipe that is being opened; destroys the pipe on an error or an abort. */
export function established<Pipe extends Duplex>(
  pipe: Pipe,
  event: string,
  signal: AbortSignal,
): Promise<Pipe> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      pipe.off(event, onReady);
      pipe.off("error", onError);
      pipe.off("close", onClose);
      signal.removeEventListener("abort", onAbort);
      action();
    };
    const refuse = (error: unknown) =>
      settle(() => {
        pipe.destroy();
        reject(error);
      });
    const onReady = () => settle(() => resolve(pipe));
    const onError = (error: Error) => refuse(error);
    const onClose = () => refuse(new Error("it was closed at once"));
    const onAbort = () => refuse(signal.reason);
    // Stays: an error between here and the next listener would be an uncaught exception.
    pipe.on("error", () => undefined);
    pipe.on(event, onReady);
    pipe.on("error", onError);
    pipe.on("close", onClose);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
}
