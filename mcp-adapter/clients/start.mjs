// From starting a server over stdio to its first answers, with and without the JVM's cache of what it learns while it starts,
// and of a server of the TypeScript SDK that has one answer ready. Usage: ./run start
//
// What a host waits for at the beginning of a conversation: the answer to `initialize`, and then to the first call. All are
// started in turn, a round each; the cache is made before the first one, as at the first start that a user makes.
//
// $WAICKOFF_ROUNDS (11) makes it shorter or longer.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.WAICKOFF_ROUNDS ?? 11);
const cacheMaking = 300_000;
const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'start', version: '1' } } };
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const ping = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ping', arguments: {} } };

async function serve(answer) {
  const { Server } = await import('@modelcontextprotocol/sdk/server/index.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const { CallToolRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const server = new Server({ name: 'same-answer', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(CallToolRequestSchema, async () => answer);
  await server.connect(new StdioServerTransport());
}

// Milliseconds to the answer to initialize, and to the first call; and that answer.
async function start([command, args, env]) {
  const began = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (...messages) => {
    messages.forEach((message) => child.stdin.write(JSON.stringify(message) + '\n'));
    const { value } = await lines.next();
    return [Number(process.hrtime.bigint() - began) / 1e6, JSON.parse(value)];
  };
  const [greeted] = await ask(initialize);
  const [called, { result }] = await ask(initialized, ping);
  child.stdin.end();
  await ended;
  return [greeted, called, result];
}

async function cacheOf(server, home) {
  const directory = join(home, 'waickoff');
  await start(server);
  for (let waited = 0; waited < cacheMaking; waited += 100) {
    if (existsSync(directory) && readdirSync(directory).some((name) => name.endsWith('.aot'))) {
      return;
    }
    await sleep(100);
  }
  throw new Error('no cache was made');
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function compare(waickoff, data, home) {
  const args = ['mcp', '--data-dir', data];
  const cached = [waickoff, args, { XDG_CACHE_HOME: home, WAICKOFF_AOT: '' }];
  const plain = [waickoff, args, { WAICKOFF_AOT: 'off' }];
  const [, , answer] = await start(plain);
  const typescript = [process.execPath, [fileURLToPath(import.meta.url), 'serve', JSON.stringify(answer)], {}];
  await cacheOf(cached, home);
  const servers = new Map([['waickoff, with its cache', cached], ['waickoff, without', plain], ['TypeScript SDK', typescript]]);
  const taken = new Map([...servers.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 ? [...servers].toReversed() : [...servers];
    for (const [name, server] of order) {
      taken.get(name).push(await start(server));
    }
  }
  console.log(`${rounds} starts each, in turn; ms from starting the process; load average ${loadavg()[0].toFixed(1)}`);
  console.log('server                     initialize: min   median   first call: min   median');
  for (const [name, times] of taken) {
    const cells = [0, 1].flatMap((at) => [Math.min(...times.map((time) => time[at])), median(times.map((time) => time[at]))]);
    const [a, b, c, d] = cells.map((cell) => cell.toFixed(0));
    console.log(`${name.padEnd(27)}${a.padStart(15)}${b.padStart(9)}${c.padStart(18)}${d.padStart(9)}`);
  }
}

if (process.argv[2] === 'serve') {
  await serve(JSON.parse(process.argv[3]));
} else {
  await compare(...process.argv.slice(2));
}
