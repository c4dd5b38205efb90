/**
 * The description of the interface as OpenAPI 3.1, made of what the routes declare: their schemas, who may use them, and what
 * every route has in common. It describes and enforces nothing.
 */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { securitySchemesFor } from '../auth/security.schemes.js';
import { version } from '../config/version.js';
import type { Configuration } from '../config/configuration.js';
import { addressOfProblems } from '../problems/problem.address.js';
import { problemSchema } from '../problems/problem.schemas.js';
import { addressOfMachine, addressOfRule } from '../rules/rule.addresses.js';
import { type ClientEvent, clientEventsOf } from '../rules/client.operations.js';
import { eventsOf, type MachineEvent } from '../rules/event.operations.js';
import { refusalExamples, refusalsOf } from './operation.refusals.js';
import { schemaConverter } from './schema.converter.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type SchemaObject = Exclude<Schema, { $ref: string }>;

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const satisfies readonly (keyof PathItem)[];

const description = `Seatkeeper keeps the seats of licensed software. Client software activates a device on a seat, checks in and logs
out; owners free the seats of devices that cannot be reached any more.

Times are RFC 3339 in UTC, durations ISO 8601, ids UUIDs. Unknown fields and unknown query parameters are refused. Whatever is
refused is answered with a problem document (RFC 9457): programs switch on its \`code\`, people read its \`detail\` and \`remedy\`.
[All refusals](${addressOfProblems}) are explained, and the rules that they come from [can be looked at](${addressOfMachine('device')}).`;

/** That of this software, by its SPDX identifier. */
const license = { name: 'MIT', identifier: 'MIT' };

/** The chapters of the page, in the order in which a newcomer needs them. */
const chapters: readonly [name: string, description: string][] = [
  ['devices', 'What client software does, and what an owner does to a device'],
  ['licenses', 'Licenses, their seats and their devices'],
  ['remote deactivation', 'The setting of a license'],
  ['history', 'What happened, to whom and why'],
  ['streams', 'What changes, as it happens'],
  ['support', 'Tickets, and what an agent does on them'],
  ['organizations', 'Who buys licenses'],
  ['people', 'Who works in an organization, and how they get in for the first time'],
  ['signing in', 'The sessions of people in a browser'],
  ['tokens', 'Access for people and programs'],
  ['machines', 'The rules themselves, as statecharts'],
  ['test clock', 'To see day 30 today'],
  ['around it', 'Health, metrics and public keys'],
];

/** The document for a running application. */
export function describeInterface(
  app: INestApplication,
  { publicUrl }: Pick<Configuration, 'publicUrl'>,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Seatkeeper')
    .setDescription(description)
    .setVersion(version())
    .addServer('/', 'This server');
  for (const [name, scheme] of Object.entries(securitySchemesFor(publicUrl))) builder.addSecurity(name, { ...scheme });
  const convert = schemaConverter();
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: convert });
  const problem = convert(problemSchema, { schemaType: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...problem?.components },
  };
  delete document.info.contact;
  document.info.license = license;
  document.tags = chapters.map(([name, description]) => ({ name, description }));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation === undefined) continue;
      complete(operation, document);
      operation.responses = {
        ...operation.responses,
        ...refusalsOf({ method, path, operation, namesIdInBody: namesId(bodySchema(operation, document)) }),
      };
    }
  }
  document.components.examples = refusalExamples(document, publicUrl);
  return document;
}

function complete(operation: Operation, document: OpenAPIObject): void {
  // Without this, the requirement of the whole document would count; there is none, but let it be said.
  operation.security ??= [];
  operation.parameters = operation.parameters?.map(asList).map(asOffer);
  completeBody(operation, document);
  const allowed = (operation as { 'x-allowed'?: readonly string[] })['x-allowed'];
  const who =
    allowed === undefined ? 'For everybody.' : `For ${allowed.map((kind) => names[kind] ?? kind).join(', ')}.`;
  const events = eventsOf(operation.operationId ?? '');
  const clientEvents = clientEventsOf(operation.operationId ?? '');
  operation.description = [operation.description, who, rulesInWords(events), clientInWords(clientEvents)]
    .filter(Boolean)
    .join('\n\n');
  // For programs, the panel among them.
  if (events.length > 0) Object.assign(operation, { 'x-events': events });
  if (clientEvents.length > 0) Object.assign(operation, { 'x-client-events': clientEvents });
}

/** Which events an operation puts to which machine, each with the way to its rules. */
function rulesInWords(events: readonly MachineEvent[]): string {
  const [first] = events;
  if (first === undefined) return '';
  const { machine } = first;
  const links = events.map(({ event }) => `[${event}](${addressOfRule(machine, event)})`);
  return `Its rules: ${links.join(', ')} of the machine [${machine}](${addressOfMachine(machine)}).`;
}

/** Which events of its session client software sends the operation for, and which it takes the answer for. */
function clientInWords(events: readonly ClientEvent[]): string {
  if (events.length === 0) return '';
  const linksOf = (part: ClientEvent['as']): string =>
    events
      .filter(({ as }) => as === part)
      .map(({ event }) => `[${event}](${addressOfRule('clientSession', event)})`)
      .join(', ');
  const sentences = [
    ...(linksOf('request') === '' ? [] : [`sends it for ${linksOf('request')}`]),
    ...(linksOf('answer') === '' ? [] : [`takes the answer as ${linksOf('answer')}`]),
  ];
  return `Client software ${sentences.join(' and ')} of its own machine [clientSession](${addressOfMachine('clientSession')}).`;
}

const names: Readonly<Record<string, string>> = {
  licenseKey: 'client software with the license key',
  device: 'the device itself',
  operator: 'operators',
  support: 'support agents',
  owner: 'owners',
  manager: 'managers',
  editor: 'editors',
  reader: 'readers',
};

/** A query parameter that may be repeated is a list to who writes a program; on the wire, one value looks like a list of one. */
function asList(parameter: Parameter): Parameter {
  if (!('in' in parameter) || parameter.schema === undefined || '$ref' in parameter.schema) return parameter;
  const list = parameter.schema.anyOf?.find((alternative) => 'type' in alternative && alternative.type === 'array');
  if (parameter.in !== 'query' || list === undefined) return parameter;
  const { example } = parameter.schema;
  return { ...parameter, schema: { ...list, example }, style: 'form', explode: true };
}

/**
 * The page fills in the `example` of a parameter and would send it along with every try; `examples` it leaves alone. So a parameter that
 * can be left out has those.
 */
function asOffer(parameter: Parameter): Parameter {
  if (!('in' in parameter) || parameter.required === true) return parameter;
  if (parameter.schema === undefined || '$ref' in parameter.schema) return parameter;
  const { example, ...schema } = parameter.schema;
  return example === undefined ? parameter : { ...parameter, schema: { ...schema, examples: [example] } };
}

/** A body that has no fields need not be described, and one without required fields need not be sent. */
function completeBody(operation: Operation, document: OpenAPIObject): void {
  const body = operation.requestBody;
  if (body === undefined || '$ref' in body) return;
  for (const media of Object.values(body.content)) media.schema = lifted(media.schema, document);
  const schema = bodySchema(operation, document);
  const isChoice = schema?.anyOf !== undefined;
  if (!isChoice && Object.keys(schema?.properties ?? {}).length === 0) delete operation.requestBody;
  else body.required = isChoice || (schema?.required ?? []).length > 0;
}

/** Whether a body names something by its id, which may not exist. */
function namesId(schema: SchemaObject | undefined): boolean {
  return Object.keys(schema?.properties ?? {}).some((name) => name.endsWith('Id'));
}

/** A schema that brings its own definitions, as zod writes it, with them among the components. */
function lifted(schema: Schema | undefined, document: OpenAPIObject): Schema | undefined {
  if (schema === undefined || !('$defs' in schema)) return schema;
  const { $defs, $schema: _, ...own } = schema as { $defs: Record<string, Schema>; $schema?: string };
  const [components, rest] = JSON.parse(
    JSON.stringify([$defs, own]).replaceAll('#/$defs/', '#/components/schemas/'),
  ) as [Record<string, SchemaObject>, Schema];
  Object.assign(((document.components ??= {}).schemas ??= {}), components);
  return rest;
}

/** What the body of an operation is described by; undefined where it takes none. */
function bodySchema({ requestBody }: Operation, document: OpenAPIObject): SchemaObject | undefined {
  if (requestBody === undefined || '$ref' in requestBody) return undefined;
  const [media] = Object.values(requestBody.content);
  const schema = media?.schema;
  if (schema === undefined || !('$ref' in schema)) return schema;
  const component = document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
  return component === undefined || '$ref' in component ? undefined : component;
}
