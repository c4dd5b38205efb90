/** The environment, parsed once: what is taken, what is defaulted, and the sentence for what is wrong. */
import { ConfigurationError, configurationVariables, parseConfiguration } from '../../src/config/configuration.js';

function sentences(env: Record<string, string>): readonly string[] {
  try {
    parseConfiguration(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.sentences;
    throw error;
  }
  return [];
}

it('has a default for everything', () => {
  expect(parseConfiguration({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    database: { kind: 'sqlite', file: 'data/seatkeeper.sqlite' },
    operatorToken: null,
    allowedOrigins: new Set(),
    clock: 'system',
    sweepIntervalMillis: 10_000,
    failedCredentialsPerMinute: 30,
    secret: null,
    queueLimit: 10_000,
    trustProxy: false,
    logLevel: 'info',
    isProduction: false,
  });
});

it('takes an empty variable as left out', () => {
  expect(parseConfiguration({ PORT: '', SEATKEEPER_SECRET: '' })).toMatchObject({ port: 3000, secret: null });
});

it('reads every variable', () => {
  const bytes = Buffer.alloc(32, 0xfb);
  const env = {
    HOST: '::1',
    PORT: '0',
    DATABASE_URL: 'sqlite:/var/lib/seats.sqlite',
    SEATKEEPER_OPERATOR_TOKEN: 'ska_0123456789012345678901234567',
    SEATKEEPER_PUBLIC_URL: 'https://seats.example/base/',
    SEATKEEPER_ALLOWED_ORIGINS: 'https://app.example, http://localhost:5173,tauri://localhost',
    SEATKEEPER_CLOCK: 'manual',
    SEATKEEPER_SWEEP_INTERVAL: 'PT0.5S',
    SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0',
    SEATKEEPER_QUEUE_LIMIT: '5',
    SEATKEEPER_STREAM_LIMIT: '6',
    SEATKEEPER_STREAMS_PER_TOKEN: '7',
    SEATKEEPER_STREAM_HEARTBEAT: 'PT8S',
    SEATKEEPER_TRUST_PROXY: 'true',
    LOG_LEVEL: 'debug',
    NODE_ENV: 'test',
  };
  for (const encoding of ['base64', 'base64url'] as const) {
    expect(parseConfiguration({ ...env, SEATKEEPER_SECRET: bytes.toString(encoding) })).toMatchObject({
      host: '::1',
      port: 0,
      database: { kind: 'sqlite', file: '/var/lib/seats.sqlite' },
      operatorToken: env.SEATKEEPER_OPERATOR_TOKEN,
      publicUrl: 'https://seats.example/base',
      allowedOrigins: new Set(['https://app.example', 'http://localhost:5173', 'tauri://localhost']),
      clock: 'manual',
      sweepIntervalMillis: 500,
      failedCredentialsPerMinute: 0,
      secret: bytes,
      queueLimit: 5,
      streamLimit: 6,
      streamsPerToken: 7,
      streamHeartbeatMillis: 8_000,
      trustProxy: 1,
      logLevel: 'debug',
    });
  }
});

it('takes the listening address for the public one, once the port is known', () => {
  const configuration = parseConfiguration({ HOST: '::1', PORT: '0' });
  configuration.listensOn(4711);
  expect(configuration.publicUrl).toBe('http://[::1]:4711');
  expect(parseConfiguration({ HOST: '0.0.0.0' }).publicUrl).toBe('http://localhost:3000');
});

it.each([
  ['HOST', ['a b', 'http://a']],
  ['PORT', ['-1', '65536', '3e3', ' 3000', 'x']],
  [
    'DATABASE_URL',
    [
      'data/x.sqlite',
      'sqlite:',
      'sqlite::memory:',
      'mysql://a',
      'sqlite://host/file',
      'postgres://u:p@h',
      'postgres:d',
    ],
  ],
  ['SEATKEEPER_OPERATOR_TOKEN', ['short', 'x'.repeat(256), `${'x'.repeat(20)} ${'x'.repeat(20)}`]],
  ['SEATKEEPER_PUBLIC_URL', ['seats.example', 'ftp://a', 'https://u:p@a', 'https://a/?q', 'https://a/#f']],
  [
    'SEATKEEPER_ALLOWED_ORIGINS',
    [
      '*',
      'null',
      'app.example',
      'https://app.example/',
      'https://app.example:443',
      'https://App.example',
      'https://u:p@app.example',
      'https://*.app.example',
      'https://app.example,',
      'https://a.example https://b.example',
      'file://x',
    ],
  ],
  ['SEATKEEPER_CLOCK', ['Manual', 'fake']],
  ['SEATKEEPER_SWEEP_INTERVAL', ['10', 'PT0S', 'PT2H', 'P1W']],
  ['SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE', ['-1', '1.5']],
  ['SEATKEEPER_SECRET', ['short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')]],
  ['SEATKEEPER_QUEUE_LIMIT', ['0', '1000001']],
  ['SEATKEEPER_STREAM_LIMIT', ['0', '1000001']],
  ['SEATKEEPER_STREAMS_PER_TOKEN', ['0', 'many']],
  ['SEATKEEPER_STREAM_HEARTBEAT', ['15', 'PT0S', 'PT2M']],
  ['SEATKEEPER_TRUST_PROXY', ['yes', '0', '6']],
  ['LOG_LEVEL', ['INFO', 'verbose']],
])('says of a wrong %s in one sentence that it is wrong', (name, values) => {
  for (const value of values) {
    const [sentence, ...others] = sentences({ [name]: value });
    expect([value, sentence]).toEqual([value, expect.stringMatching(new RegExp(`^${name} .+\\.$`))]);
    expect(others).toEqual([]);
  }
});

it('takes a PostgreSQL database, and requires the secret that its replicas have in common', () => {
  const secret = Buffer.alloc(32, 7).toString('base64');
  for (const url of ['postgres://u:p@h:5433/d', 'postgresql://h/d']) {
    expect(parseConfiguration({ DATABASE_URL: url, SEATKEEPER_SECRET: secret }).database).toEqual({
      kind: 'postgres',
      url,
    });
    expect(sentences({ DATABASE_URL: url })).toEqual([expect.stringContaining('SEATKEEPER_SECRET is required')]);
  }
});

it('refuses the test clock in production', () => {
  expect(sentences({ NODE_ENV: 'production', SEATKEEPER_CLOCK: 'manual' })).toEqual([
    expect.stringContaining('SEATKEEPER_CLOCK'),
  ]);
  expect(sentences({ NODE_ENV: 'production' })).toEqual([]);
});

it('names a variable that it does not know, since it may be a typing error', () => {
  expect(sentences({ SEATKEEPER_COLCK: 'manual', OTHER: '1' })).toEqual([expect.stringContaining('SEATKEEPER_COLCK')]);
});

it('does not mind the variables of commands that ask a server, as they are set in the same shell', () => {
  const ofClients = { SEATKEEPER_URL: 'http://x', SEATKEEPER_TOKEN: 'ska_x', SEATKEEPER_LICENSE_KEY: 'skl_x' };
  expect(sentences(ofClients)).toEqual([]);
});

it('says everything that is wrong at once, and never a secret', () => {
  const all = sentences({
    PORT: 'x',
    DATABASE_URL: 'nonsense:hush-1',
    SEATKEEPER_OPERATOR_TOKEN: 'hush-2',
    SEATKEEPER_SECRET: 'hush-3',
    SEATKEEPER_PUBLIC_URL: 'https://u:hush-4@a',
  });
  expect(all).toHaveLength(5);
  expect(all.join(' ')).not.toContain('hush');
});

it('has a table of all variables for the README', () => {
  expect(configurationVariables).toHaveLength(17);
  for (const { name, meaning } of configurationVariables)
    expect([name, meaning]).toEqual([name, expect.stringMatching(/\S/)]);
});
