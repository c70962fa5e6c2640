// Latency of the adapter beside a server of the TypeScript SDK that gives the same answers. Usage: ./run bench
//
// The other server holds what the adapter answered: it reads and computes nothing, so what is compared is protocol and
// transport, against all that the adapter does for an answer. All are asked in turn, a round each, by the same bare client;
// over HTTP on one connection that is kept. An answer that is an error ends it: it would be quick, and no comparison.
//
// $WAICKOFF_ROUNDS (7) and $WAICKOFF_WARM_UP (3000) make it shorter or longer.
import { spawn } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { randomUUID } from 'node:crypto';

const rounds = Number(process.env.WAICKOFF_ROUNDS ?? 7);
const callsPerRound = 1000;
const warmUp = Number(process.env.WAICKOFF_WARM_UP ?? 3000);
const greeting = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };

// The TypeScript SDK's server, with answers that were recorded.
function typescript(answers) {
  const server = new Server({ name: 'same-answers', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => answers[params.name]);
  return server;
}

function serveHttp(answers) {
  const sessions = new Map();
  const http = createServer(async (incoming, outgoing) => {
    const parts = [];
    for await (const part of incoming) {
      parts.push(part);
    }
    const body = JSON.parse(Buffer.concat(parts));
    let transport = sessions.get(incoming.headers['mcp-session-id']);
    if (!transport) {
      transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, enableJsonResponse: true,
        onsessioninitialized: (id) => sessions.set(id, transport) });
      await typescript(answers).connect(transport);
    }
    await transport.handleRequest(incoming, outgoing, body);
  });
  http.listen(0, '127.0.0.1', () => console.log(http.address().port));
}

// One connection, one request at a time.
function httpCaller(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let session;
  const post = (message) => new Promise((resolve, reject) => {
    const body = JSON.stringify(message);
    const asked = request({ agent, port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers: {
      'Content-Type': 'application/json', Accept: 'application/json, text/event-stream',
      'Content-Length': Buffer.byteLength(body), ...(session ? { 'Mcp-Session-Id': session } : {}) } }, (answer) => {
      session ??= answer.headers['mcp-session-id'];
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve(Buffer.concat(parts)));
    });
    asked.on('error', reject);
    asked.end(body);
  });
  return { post, close: () => agent.destroy() };
}

function stdioCaller(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()(line));
  const post = (message) => new Promise((resolve) => {
    if ('id' in message) {
      waiting.push(resolve);
    } else {
      resolve();
    }
    child.stdin.write(JSON.stringify(message) + '\n');
  });
  return { post, close: () => child.stdin.end() };
}

async function greet(caller) {
  await caller.post({ jsonrpc: '2.0', id: 0, method: 'initialize', params: greeting });
  await caller.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
}

const call = (tool, id) => ({ jsonrpc: '2.0', id, method: 'tools/call',
  params: { name: tool.name, arguments: tool.arguments } });

async function round(caller, tool, count, into) {
  const start = process.hrtime.bigint();
  for (let i = 1; i <= count; i++) {
    const began = process.hrtime.bigint();
    await caller.post(call(tool, i));
    into?.push(Number(process.hrtime.bigint() - began) / 1000);
  }
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * percent / 100))];
}

const load = () => loadavg().map((value) => value.toFixed(1)).join(' ');

// The result, if there is one.
function checked(tool, { result, error }) {
  if (error || result.isError || !result.structuredContent) {
    throw new Error(`${tool.name}: ${error?.message ?? result.content[0].text}`);
  }
  return result;
}

async function bench(port, waickoff, data, portBefore, before) {
  const probe = httpCaller(port);
  await greet(probe);
  const ask = async (tool) => checked(tool, JSON.parse(await probe.post(call(tool, 1))));
  const listed = (await ask({ name: 'list_instruments', arguments: {} })).structuredContent;
  const instrument = listed.rows[0][listed.columns.indexOf('id')];
  // The end of what is recorded: before now there would be nothing.
  const newest = (await ask({ name: 'get_volume_profile', arguments: { instrument, window: '1m' } })).structuredContent;
  const tools = [{ name: 'ping', arguments: {} },
    { name: 'get_volume_profile', arguments: { instrument, max_levels: 50 } },
    { name: 'get_footprint', arguments: { instrument, timeframe: '1m', bars: 5, levels: 20, end_ms: newest.startMs } }];
  const answers = {};
  for (const tool of tools) {
    answers[tool.name] = await ask(tool);
  }
  probe.close();
  const other = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve-http', JSON.stringify(answers)],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  const [otherPort] = await once(createInterface({ input: other.stdout }), 'line');
  const servers = {
    http: [['waickoff', httpCaller(port)], ['typescript', httpCaller(Number(otherPort))]],
    stdio: [['waickoff', stdioCaller(waickoff, ['mcp', '--data-dir', data])],
      ['typescript', stdioCaller(process.execPath, [fileURLToPath(import.meta.url), 'serve-stdio',
        JSON.stringify(answers)])]],
  };
  if (before) {
    servers.http.push(['before', httpCaller(portBefore)]);
    servers.stdio.push(['before', stdioCaller(before, ['mcp', '--data-dir', data])]);
  }
  console.log(`${rounds} rounds of ${callsPerRound} calls each, in turn, after ${warmUp}; µs; load average ${load()}`);
  console.log('transport  tool                 bytes  server         p50 min   p50 med   p99 min   p99 med  calls/s best');
  for (const [transport, callers] of Object.entries(servers)) {
    for (const [, caller] of callers) {
      await greet(caller);
    }
    for (const tool of tools) {
      const figures = new Map(callers.map(([name]) => [name, { p50: [], p99: [], rate: 0 }]));
      for (const [, caller] of callers) {
        checked(tool, JSON.parse(await caller.post(call(tool, 1))));
        await round(caller, tool, warmUp);
      }
      for (let i = 0; i < rounds; i++) {
        for (const [name, caller] of i % 2 ? callers.toReversed() : callers) {
          const taken = [];
          const rate = await round(caller, tool, callsPerRound, taken);
          const own = figures.get(name);
          own.p50.push(percentile(taken, 50));
          own.p99.push(percentile(taken, 99));
          own.rate = Math.max(own.rate, rate);
        }
      }
      for (const [name, own] of figures) {
        const cells = [Math.min(...own.p50), percentile(own.p50, 50), Math.min(...own.p99), percentile(own.p99, 50)]
          .map((value) => value.toFixed(0).padStart(10));
        console.log(`${transport.padEnd(11)}${tool.name.padEnd(21)}${String(JSON.stringify(answers[tool.name]).length).padStart(5)}`
          + `  ${name.padEnd(12)}${cells.join('')}${own.rate.toFixed(0).padStart(14)}`);
      }
    }
    callers.forEach(([, caller]) => caller.close());
  }
  console.log(`load average ${load()}`);
  other.kill();
}

if (process.argv[2] === 'serve-stdio') {
  const answers = JSON.parse(process.argv[3]);
  await typescript(answers).connect(new StdioServerTransport());
} else if (process.argv[2] === 'serve-http') {
  serveHttp(JSON.parse(process.argv[3]));
} else {
  await bench(...process.argv.slice(2));
}
