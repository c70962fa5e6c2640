// Four clients of others ask the adapter for everything it lists. Usage: ./run clients
//
// Prints a line for each client and transport; ends with 1 if anything was refused that must not be.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Ajv2020 from 'ajv/dist/2020.js';
import { Client as V1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as V2, StreamableHTTPClientTransport as V2Http } from '@modelcontextprotocol/client';
import { StdioClientTransport as V2Stdio } from '@modelcontextprotocol/client/stdio';

const [open, guarded, waickoff, data] = process.argv.slice(2);
const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const run = promisify(execFile);
const url = new URL(`http://127.0.0.1:${open}/mcp`);
const token = '0123456789abcdef';
const stdio = { command: waickoff, args: ['mcp', '--data-dir', data], stderr: 'ignore' };
const identity = { name: 'waickoff-clients', version: '1' };
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const brief = Boolean(process.env.WAICKOFF_BRIEF);
const problems = [];

function check(what, truth) {
  if (!truth) {
    problems.push(what);
  }
}

// Arguments that a tool can be called with, by little more than its schema.
function argumentsFor(tool, known) {
  const given = {};
  const schema = tool.inputSchema;
  // A recording is of the past: without its time there is nothing to be had.
  const timed = tool.name === 'get_candles' ? ['timeframe', 'from_ms', 'to_ms'] : 'end_ms' in schema.properties ? ['end_ms'] : [];
  for (const name of [...(schema.required ?? []), ...timed]) {
    const property = schema.properties[name];
    given[name] = name in known ? known[name]
      : property.enum ? property.enum[0]
        : property.type === 'integer' ? property.minimum ?? 1 : 'x';
  }
  return given;
}

function fill(template, known) {
  return template.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? 'x');
}

// All of them; or only the first, where each is a process of its own and time is short.
function selected(client, all) {
  return brief && client.isProgram ? all.slice(0, 1) : all;
}

// What every client does, by the few calls in which they differ.
async function exercise(name, client) {
  const counts = { tools: 0, errors: [], resources: 0, prompts: 0, completions: 0, subscribed: '-' };
  const { tools } = await client.tools();
  const listed = await client.call('list_instruments', {});
  const instrument = listed.structuredContent.rows[0][listed.structuredContent.columns.indexOf('id')];
  const [venue, symbol] = instrument.split(':');
  const known = { instrument, venue, symbol, window: '1h', timeframe: '1m', from_ms: 1767622320000,
    to_ms: 1767622920000, end_ms: 1767622920000, day_a: '2026-01-05', day_b: '2026-01-05', session: 'london' };
  for (const tool of selected(client, tools)) {
    const result = await client.call(tool.name, argumentsFor(tool, known));
    if (result.isError) {
      counts.errors.push(`${tool.name}=${result.content[0].text.split(':')[0]}`);
      check(`${name}: ${tool.name} names the next step`, /^[A-Z_]+: .{20,}/.test(result.content[0].text));
    } else {
      check(`${name}: text of ${tool.name} is the same`,
        JSON.stringify(JSON.parse(result.content[0].text)) === JSON.stringify(result.structuredContent));
      const validate = ajv.compile(tool.outputSchema);
      check(`${name}: ${tool.name} keeps to its schema ${JSON.stringify(validate.errors)}`,
        validate(result.structuredContent));
    }
    counts.tools++;
  }
  const wrong = await client.call('get_volume_profile', { instrument: 'no-such:THING' });
  check(`${name}: an unknown instrument is an error with a next step`,
    wrong.isError && wrong.content[0].text.includes('list_instruments'));
  const capabilities = client.capabilities();
  if (capabilities.resources) {
    const uris = (await client.resources()).resources.map((resource) => resource.uri);
    const templates = (await client.templates()).resourceTemplates.map((template) => template.uriTemplate);
    uris.push(...templates.map((template) => fill(template, known)));
    for (const uri of selected(client, uris)) {
      const { contents } = await client.read(uri);
      check(`${name}: ${uri} has a text`, contents[0].text.length > 0);
      counts.resources++;
    }
    const live = uris.find((uri) => uri.endsWith('/orderflow/live'));
    if (live) {
      counts.subscribed = await client.subscribe(live);
    }
  }
  if (capabilities.prompts) {
    for (const prompt of selected(client, (await client.prompts()).prompts)) {
      const given = {};
      for (const argument of prompt.arguments ?? []) {
        if (argument.required) {
          given[argument.name] = known[argument.name] ?? 'x';
        }
      }
      const { messages } = await client.prompt(prompt.name, given);
      check(`${name}: ${prompt.name} says something`, messages.length > 0);
      counts.prompts++;
      if (capabilities.completions && prompt.arguments?.length && client.complete) {
        const { completion } = await client.complete(prompt.name, prompt.arguments[0].name);
        counts.completions += completion.values.length;
      }
    }
  }
  await client.close();
  return counts;
}

async function v1(transport) {
  const client = new V1(identity);
  await client.connect(transport);
  return {
    capabilities: () => client.getServerCapabilities(),
    tools: () => client.listTools(),
    call: (name, given) => client.callTool({ name, arguments: given }),
    resources: () => client.listResources(),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    prompts: () => client.listPrompts(),
    prompt: (name, given) => client.getPrompt({ name, arguments: given }),
    complete: (name, argument) => client.complete({ ref: { type: 'ref/prompt', name },
      argument: { name: argument, value: '' } }),
    subscribe: async (uri) => {
      await client.subscribeResource({ uri });
      await client.unsubscribeResource({ uri });
      return 'yes';
    },
    close: () => client.close(),
  };
}

async function v2(transport, mode) {
  const client = new V2(identity, { versionNegotiation: { mode } });
  await client.connect(transport);
  return {
    capabilities: () => client.getServerCapabilities(),
    tools: () => client.listTools(),
    call: (name, given) => client.callTool({ name, arguments: given }),
    resources: () => client.listResources(),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    prompts: () => client.listPrompts(),
    prompt: (name, given) => client.getPrompt({ name, arguments: given }),
    complete: (name, argument) => client.complete({ ref: { type: 'ref/prompt', name },
      argument: { name: argument, value: '' } }),
    subscribe: async (uri) => {
      if (mode === 'legacy') {
        await client.subscribeResource({ uri });
        return 'yes';
      }
      const subscription = await client.listen({ resourceSubscriptions: [uri] });
      await subscription.close();
      return 'listen';
    },
    close: () => client.close(),
  };
}

// The Inspector is a program: each call a process of its own.
function inspector(where) {
  const program = join(modules, '@modelcontextprotocol', 'inspector');
  const bin = join(modules, '.bin', 'mcp-inspector');
  const ask = async (...more) => {
    const end = where.indexOf('--');
    const args = end < 0 ? [...where, ...more] : [...where.slice(0, end), ...more, ...where.slice(end)];
    try {
      const { stdout } = await run(process.execPath, [bin, '--cli', '--format', 'json', '-q',
        '--connect-timeout', '60000', ...args],
        { cwd: program, maxBuffer: 1 << 24 });
      return JSON.parse(stdout);
    } catch (failure) {
      // It ends with 5 where a tool has an error for an answer.
      if (failure.code === 5) {
        return JSON.parse(failure.stdout);
      }
      throw new Error(`${args.join(' ')}: ${failure.stderr || failure.stdout || failure.message}`);
    }
  };
  const pairs = (given) => Object.entries(given).map(([name, value]) => `${name}=${value}`);
  // Over stdio each question is a process of the adapter as well.
  const whole = !brief || !where.includes('--');
  const capabilities = { resources: whole, prompts: whole };
  const unwrapped = async (answer) => (await answer).result ?? (await answer);
  return {
    isProgram: true,
    capabilities: () => capabilities,
    tools: () => unwrapped(ask('--method', 'tools/list', '--strict')),
    call: (name, given) => unwrapped(ask('--method', 'tools/call', '--tool-name', name,
      ...(Object.keys(given).length ? ['--tool-arg', ...pairs(given)] : []))),
    resources: () => unwrapped(ask('--method', 'resources/list')),
    templates: () => unwrapped(ask('--method', 'resources/templates/list')),
    read: (uri) => unwrapped(ask('--method', 'resources/read', '--uri', uri)),
    prompts: () => unwrapped(ask('--method', 'prompts/list')),
    prompt: (name, given) => unwrapped(ask('--method', 'prompts/get', '--prompt-name', name,
      ...(Object.keys(given).length ? ['--prompt-args', ...pairs(given)] : []))),
    subscribe: async () => '-',
    close: async () => {},
  };
}

const http = ['--transport', 'http', '--server-url', url.href];
const child = ['--', waickoff, 'mcp', '--data-dir', data];
const clients = [
  ['typescript-sdk v1', 'http', () => v1(new V1Http(url))],
  ['typescript-sdk v1', 'stdio', () => v1(new V1Stdio(stdio))],
  ['typescript-client v2 legacy', 'http', () => v2(new V2Http(url), 'legacy')],
  ['typescript-client v2 auto', 'http', () => v2(new V2Http(url), 'auto')],
  ['typescript-client v2 auto', 'stdio', () => v2(new V2Stdio(stdio), 'auto')],
  ['mcp-remote', 'stdio → http, token', () => v1(new V1Stdio({ command: process.execPath,
    args: [join(modules, 'mcp-remote', 'dist', 'proxy.js'), `http://127.0.0.1:${guarded}/mcp`,
      '--allow-http', '--header', `Authorization:Bearer ${token}`], stderr: 'ignore' }))],
  ['inspector legacy', 'http', () => inspector([...http, '--protocol-era', 'legacy'])],
  ['inspector auto', 'http', () => inspector([...http, '--protocol-era', 'auto'])],
  ['inspector modern', 'http', () => inspector([...http, '--protocol-era', 'modern'])],
  ['inspector auto', 'stdio', () => inspector(['--protocol-era', 'auto', ...child])],
];

for (const [name, transport, connect] of clients.filter(([client]) => client.startsWith(process.env.WAICKOFF_CLIENT ?? ''))) {
  const label = `${name.padEnd(28)}${transport.padEnd(22)}`;
  try {
    const counts = await exercise(`${name}, ${transport}`, await connect());
    console.log(`${label}tools ${counts.tools}  read ${counts.resources}  prompts ${counts.prompts}`
      + `  completed ${counts.completions}  subscribed ${counts.subscribed}`
      + (counts.errors.length ? `  answered with an error: ${counts.errors.join(' ')}` : ''));
  } catch (failure) {
    problems.push(`${name}, ${transport}: ${failure.message}`);
    console.log(`${label}FAILED  ${failure.message.slice(0, 400)}`);
  }
}
for (const problem of problems) {
  console.log(`PROBLEM  ${problem}`);
}
process.exit(problems.length ? 1 : 0);
