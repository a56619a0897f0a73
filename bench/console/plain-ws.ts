import { connect } from "node:net";
import { createWebSocketStream, WebSocketServer } from "ws";

/** What one writes first: the `ws` package and two pipes. `node plain-ws.js <port> <socket>`. */
const [port, path] = process.argv.slice(2);
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(port),
  perMessageDeflate: false,
  handleProtocols: () => "binary",
});
server.on("connection", (client) => {
  const stream = createWebSocketStream(client);
  const target = connect(path ?? "");
  stream.on("error", () => target.destroy());
  target.on("error", () => stream.destroy());
  stream.pipe(target).pipe(stream);
});
