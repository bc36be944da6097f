// The least that a gate of node can cost: it looks for a cookie, and knows nothing. Argument: the port.
import { createServer } from 'node:http';

const answer = { 'Content-Length': '0', 'Cache-Control': 'no-store' };

createServer((request, response) => {
  if (request.method === 'POST') response.writeHead(200, { ...answer, 'Set-Cookie': 'known=yes' });
  else response.writeHead(request.headers.cookie === undefined ? 401 : 200, answer);
  response.end();
}).listen(Number(process.argv[2]), '127.0.0.1');
