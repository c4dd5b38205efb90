/**
 * What the environment says, parsed once at the start. A wrong value stops the start with a sentence that names the variable; no
 * sentence ever contains a secret. Nothing else in the server reads the environment.
 */
import { z } from 'zod';
import { parseDuration } from '../clock/duration.js';
import type { DatabaseLocation } from '../persistence/database.location.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** From `fatal` to `trace`, or `silent`. */
export type LogLevel = (typeof logLevels)[number];

/** A variable whose value is only known to be a text until `read` has looked at it. */
interface Variable<Value, Default extends string | null = string | null> {
  /** The value where the variable is left out or empty, as one would write it; null where there is none. */
  readonly default: Default;
  /** What it is for, in a line of the README's table. */
  readonly meaning: string;
  /** What a value must be: ends the sentence "… must be". */
  readonly rule: string;
  /** Whether a sentence must not repeat its value. */
  readonly isSecret?: true;
  /** Its value as the server uses it; fails where it is wrong, with a sentence of its own where the rule does not say enough. */
  readonly schema: z.ZodType<Value, string>;
}

function variable<Value, Default extends string | null>(
  properties: Variable<Value, Default>,
): Variable<Value, Default> {
  return properties;
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const millis = (shortest: string, longest: string) =>
  z.string().transform((value, context) => {
    const length = parseDuration(value);
    if (length !== null && length >= (parseDuration(shortest) ?? 0) && length <= (parseDuration(longest) ?? 0))
      return length;
    context.issues.push({ code: 'custom', input: value });
    return z.NEVER;
  });

/**
 * `sqlite:data/x.sqlite`, `sqlite:/var/x.sqlite` and `sqlite:///var/x.sqlite`; a database in memory could not be read beside the
 * writer. Or `postgres://…` with the name of the database.
 */
const databaseLocation = z.string().transform((value, context): DatabaseLocation => {
  const file = /^sqlite:(?:\/\/(?=\/))?(?!\/\/)(.+)$/.exec(value)?.[1];
  if (file !== undefined && file !== ':memory:' && !file.includes('\0')) return { kind: 'sqlite', file };
  if (/^postgres(?:ql)?:\/\//.test(value) && URL.canParse(value) && new URL(value).pathname.length > 1) {
    return { kind: 'postgres', url: value };
  }
  context.issues.push({ code: 'custom', input: value });
  return z.NEVER;
});

const publicUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url !== null && url.username === '' && url.password === '' && !/[?#]/.test(value);
  if (isPlain && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href.replace(/\/+$/, '');
  context.issues.push({ code: 'custom', input: value });
  return z.NEVER;
});

/** `https://app.example`, as a browser sends it: of http and https in lower case and without the port that goes without saying. */
function isOrigin(text: string): boolean {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\/[^\s/?#@,*]+$/.exec(text) ?? [];
  if (scheme === undefined || scheme === 'file') return false;
  return scheme !== 'http' && scheme !== 'https' ? true : URL.canParse(text) && new URL(text).origin === text;
}

const origins = z.string().transform((value, context): ReadonlySet<string> => {
  const listed = value.split(',').map((text) => text.trim());
  if (listed.every(isOrigin)) return new Set(listed);
  context.issues.push({ code: 'custom', input: value });
  return z.NEVER;
});

const secretBytes = z.string().transform((value, context) => {
  const isBase64 = /^[A-Za-z0-9+/]{43}=?$/.test(value) || /^[\w-]{43}=?$/.test(value);
  const bytes = isBase64 ? Buffer.from(value, 'base64') : null;
  if (bytes?.length === 32) return bytes;
  context.issues.push({ code: 'custom', input: value });
  return z.NEVER;
});

/** How many proxies stand before the server, or false where none does. */
const proxies = z.enum(['false', 'true', '1', '2', '3', '4', '5']).transform((value) => {
  if (value === 'false') return false;
  return value === 'true' ? 1 : Number(value);
});

const variables = {
  HOST: variable({
    default: '127.0.0.1',
    meaning: 'Address to listen on; `0.0.0.0` is every address of the machine',
    rule: 'an IP address or a host name',
    schema: z.string().regex(/^[A-Za-z0-9.:_%-]{1,253}$/),
  }),
  PORT: variable({
    default: '3000',
    meaning: 'Port to listen on; `0` takes a free one',
    rule: 'a whole number from 0 to 65535',
    schema: wholeNumber(0, 65_535),
  }),
  DATABASE_URL: variable({
    default: 'sqlite:data/seatkeeper.sqlite',
    meaning:
      'Where the data is: `sqlite:<file>`, or `postgres://<user>:<password>@<host>/<database>` for several machines',
    rule: 'sqlite:<file> or postgres://<user>:<password>@<host>/<database>',
    isSecret: true,
    schema: databaseLocation,
  }),
  SEATKEEPER_OPERATOR_TOKEN: variable({
    default: null,
    meaning: 'Access token of an operator; without it the first start makes one and prints it, once',
    rule: '32 to 255 visible ASCII characters',
    isSecret: true,
    schema: z.string().regex(/^[\x21-\x7e]{32,255}$/),
  }),
  SEATKEEPER_PUBLIC_URL: variable({
    default: null,
    meaning:
      'Address under which clients reach the server, and issuer of the leases; the listening address where left out',
    rule: 'an http or https address without user, query and fragment',
    isSecret: true,
    schema: publicUrl,
  }),
  SEATKEEPER_ALLOWED_ORIGINS: variable({
    default: null,
    meaning:
      'Origins whose pages may call what client software needs, such as `https://app.example`, separated by commas; none where left out',
    rule: 'origins such as https://app.example, as browsers send them, separated by commas',
    schema: origins,
  }),
  SEATKEEPER_CLOCK: variable({
    default: 'system',
    meaning: '`manual` gives the test clock, which moves only when told to; refused with `NODE_ENV=production`',
    rule: '"system" or "manual"',
    schema: z.enum(['system', 'manual']),
  }),
  SEATKEEPER_SWEEP_INTERVAL: variable({
    default: 'PT10S',
    meaning: 'How often overdue devices are written down as expired (their seats are free at once)',
    rule: 'an ISO 8601 duration from PT0.05S to PT1H',
    schema: millis('PT0.05S', 'PT1H'),
  }),
  SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: variable({
    default: '30',
    meaning: 'How many wrong credentials an address may send in a minute; `0` is without limit',
    rule: 'a whole number from 0 to 1000000',
    schema: wholeNumber(0, 1_000_000),
  }),
  SEATKEEPER_SECRET: variable({
    default: null,
    meaning:
      'Encrypts the signing keys in the database, required on PostgreSQL; make one with `openssl rand -base64 32`',
    rule: '32 bytes in base64 or base64url',
    isSecret: true,
    schema: secretBytes,
  }),
  SEATKEEPER_QUEUE_LIMIT: variable({
    default: '10000',
    meaning: 'How many commands may wait; further ones are answered 503',
    rule: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
  }),
  SEATKEEPER_STREAM_LIMIT: variable({
    default: '20000',
    meaning: 'How many streams may be open in this process; further ones are answered 503',
    rule: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
  }),
  SEATKEEPER_STREAMS_PER_TOKEN: variable({
    default: '100',
    meaning: 'How many streams an access token or a person may keep open (a device: 4); further ones are answered 429',
    rule: 'a whole number from 1 to 1000000',
    schema: wholeNumber(1, 1_000_000),
  }),
  SEATKEEPER_STREAM_HEARTBEAT: variable({
    default: 'PT15S',
    meaning: 'How often an open stream gets a comment, and its credential is checked again',
    rule: 'an ISO 8601 duration from PT0.1S to PT1M',
    schema: millis('PT0.1S', 'PT1M'),
  }),
  SEATKEEPER_TRUST_PROXY: variable({
    default: 'false',
    meaning:
      'How many proxies of yours stand before the server (`true` is one): their `X-Forwarded-For` is then believed',
    rule: '"false", "true" or a number of proxies from 1 to 5',
    schema: proxies,
  }),
  LOG_LEVEL: variable({
    default: 'info',
    meaning: `Least severe level that is logged: \`${logLevels.join('`, `')}\`; every request is logged from \`debug\` on`,
    rule: `one of ${logLevels.join(', ')}`,
    schema: z.enum(logLevels),
  }),
  NODE_ENV: variable({
    default: null,
    meaning: '`production` refuses the test clock',
    rule: 'a text',
    schema: z.string(),
  }),
};

type Variables = typeof variables;
type VariableName = keyof Variables;

type ValueOf<Name extends VariableName> = z.output<Variables[Name]['schema']>;

/** The parsed variables; null where one is left out that has no default. */
type Values = {
  [Name in VariableName]: Variables[Name]['default'] extends string ? ValueOf<Name> : ValueOf<Name> | null;
};

const names = Object.keys(variables) as VariableName[];

/** The table of the README: each variable, its default (null: none) and what it is for. */
export const configurationVariables: readonly { name: string; default: string | null; meaning: string }[] = names.map(
  (name) => ({ name, default: variables[name].default, meaning: variables[name].meaning }),
);

/** The environment is wrong: a sentence for each variable, none of which contains a secret. */
export class ConfigurationError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** The settings of the running server, and the token under which they are injected. */
export class Configuration {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseLocation;
  readonly operatorToken: string | null;
  /** Origins whose pages may call what client software needs. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly clock: 'system' | 'manual';
  readonly sweepIntervalMillis: number;
  /** Per address; 0 is without limit. */
  readonly failedCredentialsPerMinute: number;
  /** 32 bytes that encrypt the signing keys at rest. */
  readonly secret: Buffer | null;
  readonly queueLimit: number;
  /** Open streams of this process at most. */
  readonly streamLimit: number;
  /** Open streams of one access token at most. */
  readonly streamsPerToken: number;
  readonly streamHeartbeatMillis: number;
  /** How many proxies stand before the server; false where none does. */
  readonly trustProxy: number | false;
  readonly logLevel: LogLevel;
  readonly isProduction: boolean;
  private readonly configuredUrl: string | null;
  private listeningPort: number;

  constructor(values: Values) {
    this.host = values.HOST;
    this.port = values.PORT;
    this.database = values.DATABASE_URL;
    this.operatorToken = values.SEATKEEPER_OPERATOR_TOKEN;
    this.allowedOrigins = values.SEATKEEPER_ALLOWED_ORIGINS ?? new Set();
    this.clock = values.SEATKEEPER_CLOCK;
    this.sweepIntervalMillis = values.SEATKEEPER_SWEEP_INTERVAL;
    this.failedCredentialsPerMinute = values.SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE;
    this.secret = values.SEATKEEPER_SECRET;
    this.queueLimit = values.SEATKEEPER_QUEUE_LIMIT;
    this.streamLimit = values.SEATKEEPER_STREAM_LIMIT;
    this.streamsPerToken = values.SEATKEEPER_STREAMS_PER_TOKEN;
    this.streamHeartbeatMillis = values.SEATKEEPER_STREAM_HEARTBEAT;
    this.trustProxy = values.SEATKEEPER_TRUST_PROXY;
    this.logLevel = values.LOG_LEVEL;
    this.isProduction = values.NODE_ENV === 'production';
    this.configuredUrl = values.SEATKEEPER_PUBLIC_URL;
    this.listeningPort = values.PORT;
  }

  /** The address under which clients reach the server, without a slash at the end. */
  get publicUrl(): string {
    if (this.configuredUrl !== null) return this.configuredUrl;
    const isEveryAddress = this.host === '0.0.0.0' || this.host === '::';
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `http://${isEveryAddress ? 'localhost' : host}:${this.listeningPort}`;
  }

  /** To be told once the server listens: with `PORT=0` the port is not known before, and the public address may need it. */
  listensOn(port: number): void {
    this.listeningPort = port;
  }
}

/**
 * Reads the environment. An empty variable counts as left out.
 *
 * @throws ConfigurationError with one sentence for each variable that is wrong, contradicts another or is not known
 */
export function parseConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const sentences: string[] = unknownVariables(env).map(
    (name) => `${name} is not a variable of Seatkeeper: is it a typing error?`,
  );

  const values: Record<string, unknown> = {};
  for (const name of names) {
    const { default: fallback, schema, rule, isSecret }: Variable<unknown> = variables[name];
    const value = env[name] === undefined || env[name] === '' ? fallback : env[name];
    const result = value === null ? null : schema.safeParse(value);
    values[name] = result?.success === true ? result.data : null;
    if (result === null || result.success) continue;
    const [issue] = result.error.issues;
    const hasSentence = issue?.code === 'custom' && issue.params?.['isSentence'] === true;
    const shown = isSecret ? '' : `, not ${JSON.stringify(value)}`;
    sentences.push(hasSentence ? issue.message : `${name} must be ${rule}${shown}.`);
  }
  if (values['NODE_ENV'] === 'production' && values['SEATKEEPER_CLOCK'] === 'manual') {
    sentences.push(
      'SEATKEEPER_CLOCK must not be "manual" with NODE_ENV=production: the test clock would decide real expiries.',
    );
  }
  const location = values['DATABASE_URL'] as DatabaseLocation | null;
  if (location?.kind === 'postgres' && (env['SEATKEEPER_SECRET'] ?? '') === '') {
    sentences.push(
      'SEATKEEPER_SECRET is required with a PostgreSQL database, and the same for every replica: make one with "openssl rand -base64 32".',
    );
  }
  if (sentences.length > 0) throw new ConfigurationError(sentences);
  // Without a sentence, each value came from its own schema.
  return new Configuration(values as Values);
}

/** Variables of commands that ask a server; whoever uses those from the same shell starts a server all the same. */
const variablesOfClients = new Set(['SEATKEEPER_URL', 'SEATKEEPER_TOKEN', 'SEATKEEPER_LICENSE_KEY']);

function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env).filter(
    (name) => name.startsWith('SEATKEEPER_') && !Object.hasOwn(variables, name) && !variablesOfClients.has(name),
  );
}
