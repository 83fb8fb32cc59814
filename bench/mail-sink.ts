// An SMTP server in a process of its own that takes everything and keeps nothing, so that its work is not counted as ours.
// Prints its port, and answers every line on standard input with how many messages it took.
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

let taken = 0;
const end = Buffer.from("\r\n.\r\n");

function serve(socket: Socket): void {
  let text = Buffer.alloc(0);
  let inData = false;
  socket.setNoDelay(true);
  socket.write("220 sink\r\n");
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text = text.length === 0 ? chunk : Buffer.concat([text, chunk]);
    let answers = "";
    for (;;) {
      const at = text.indexOf(inData ? end : "\r\n");
      if (at < 0) break;
      const line = text.toString("latin1", 0, Math.min(at, 10)).toUpperCase();
      text = text.subarray(at + (inData ? end.length : 2));
      if (inData) taken++;
      else if (line.startsWith("DATA")) answers += "354 go on\r\n";
      if (inData || !line.startsWith("DATA")) answers += answerTo(line);
      inData = !inData && line.startsWith("DATA");
    }
    if (answers !== "") socket.write(answers);
  });
}

/** Takes commands in a row and answers them together (RFC 2920), as mail servers in use do. */
function answerTo(line: string): string {
  if (line.startsWith("EHLO")) return "250-sink\r\n250 PIPELINING\r\n";
  return line.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n";
}

const server = createServer(serve).listen(0, "127.0.0.1", () => {
  console.log(String((server.address() as AddressInfo).port));
});
createInterface(process.stdin).on("line", () => console.log(String(taken)));
process.stdin.on("end", () => process.exit(0));
