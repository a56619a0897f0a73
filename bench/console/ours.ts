import { createServer } from "node:http";
import {
  acceptHandshake,
  connectTarget,
  openBridge,
  readHandshake,
  refuseHandshake,
} from "@/lib/websockify";

/** The portal's bridge behind a bare HTTP server: `node ours.js <port> <unix socket>`. */
const [port, path] = process.argv.slice(2);
const server = createServer();
server.on("upgrade", (req, socket, head) => {
  const read = readHandshake(req);
  if (!read.ok) {
    refuseHandshake(socket, read.refusal);
    return;
  }
  connectTarget({ path: path ?? "" }, { timeoutMs: 5_000 }).then(
    (target) => {
      acceptHandshake(socket, read.handshake, "binary");
      openBridge({ socket, head, target });
    },
    () => refuseHandshake(socket, { status: 503, text: "no target" }),
  );
});
server.listen(Number(port), "127.0.0.1");
