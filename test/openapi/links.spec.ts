/**
 * The rules as pages: whatever the pages of refusals and the description of the interface lead to is there, and what is led to from
 * one side leads back from the other. The pages of the inspector are walked in `test/panel/rules.spec.ts`.
 */
import { describedMachines, keptMachines } from '../../machines/index.js';
import { kebabOf, type ProblemCode, problemCodes } from '../../src/problems/problem.js';
import { operationsOfClient } from '../../src/rules/client.operations.js';
import { operationOf } from '../../src/rules/event.operations.js';
import { addressOfOperation, addressOfRule } from '../../src/rules/rule.addresses.js';
import { sourcesOf } from '../../src/rules/refusal.sources.js';
import { Assembly } from '../support/assembly.js';

interface Operation {
  operationId: string;
  tags: [string];
  description: string;
  responses: Record<string, { description: string; content?: Record<string, { examples?: object }> }>;
}

let assembly: Assembly;
let text: string;
let operations: Operation[];
const pages = new Map<string, string>();
beforeAll(async () => {
  assembly = await Assembly.start();
  ({ text } = await assembly.request('GET', '/openapi.json', null));
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
  operations = Object.values(paths).flatMap((item) => Object.values(item));
  for (const path of ['/problems', ...problemCodes.map((code) => `/problems/${kebabOf(code)}`)]) {
    const page = await assembly.request('GET', path, null);
    expect([path, page.status]).toEqual([path, 200]);
    pages.set(path, page.text);
  }
});
afterAll(() => assembly.stop());

const linksOfPage = (html: string): string[] => [...html.matchAll(/<a href="([^"]*)"/g)].map(([, to]) => readable(to));
const linksOfMarkdown = (words: string): string[] => [...words.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
const readable = (escaped = ''): string =>
  escaped.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
const pageOf = (code: ProblemCode): string => pages.get(`/problems/${kebabOf(code)}`) ?? '';

/** Why an address leads nowhere; null where it leads somewhere. */
async function faultOf(address: string): Promise<string | null> {
  const [path = '', place] = address.split('#');
  if (path === '/docs') {
    if (place === undefined) return null;
    const known = operations.map(({ tags: [chapter], operationId }) => addressOfOperation(chapter, operationId));
    return known.includes(address) ? null : 'no such operation';
  }
  const [, id] = /^\/inspector\/(\w+)$/.exec(path) ?? [];
  if (id !== undefined) {
    const machine = describedMachines.find((each) => each.id === id);
    if (machine === undefined) return 'no such machine';
    const names = [...machine.states, ...machine.events, ...machine.guards].map(({ name }) => name);
    return place === undefined || names.includes(place) ? null : 'no such rule';
  }
  if (!path.startsWith('/')) return 'no address of this server';
  const { status } = await assembly.request('GET', path, null);
  return status === 200 && place === undefined ? null : `answered with ${status}`;
}

async function faultsOf(links: readonly string[]): Promise<[string, string][]> {
  const faults: [string, string][] = [];
  for (const link of new Set(links)) {
    const fault = await faultOf(link);
    if (fault !== null) faults.push([link, fault]);
  }
  return faults;
}

describe('every link', () => {
  it('of the pages of refusals leads somewhere', async () => {
    const links = [...pages.values()].flatMap(linksOfPage);
    expect(new Set(links).size).toBeGreaterThan(80);
    expect(await faultsOf(links)).toEqual([]);
  });

  it('of the description of the interface leads somewhere', async () => {
    const links = linksOfMarkdown(text);
    expect(new Set(links).size).toBeGreaterThan(40);
    expect(await faultsOf(links)).toEqual([]);
  });

  it.each(['/docs#/devices/logout', '/inspector/device#toString', '/inspector/seat', '/problems/no-such', 'problems'])(
    'is looked at: %s would be found',
    async (link) => {
      expect(await faultsOf([link])).toHaveLength(1);
    },
  );
});

describe('a refusal and the rules', () => {
  it.each(problemCodes)('%s: its page leads to each guard and state that gives it', (code) => {
    const rules = linksOfPage(pageOf(code)).filter((link) => /^\/inspector\/.*#/.test(link));
    const sources = sourcesOf(code).flatMap(({ machine, name, events }) =>
      [name, ...events].map((each) => addressOfRule(machine, each)),
    );
    expect([...new Set(rules)].sort()).toEqual([...new Set(sources)].sort());
    for (const { machine, name } of sourcesOf(code)) {
      const [described] = describedMachines.filter(({ id }) => id === machine);
      const rule = [...(described?.states ?? []), ...(described?.guards ?? [])].find((each) => each.name === name);
      expect([name, rule !== undefined && ('reason' in rule ? rule.reason : rule.refusal)]).toEqual([name, code]);
    }
  });
});

describe('a refusal and the operations', () => {
  /** Without `default`, which stands for what any operation can be answered. */
  const answers = ({ responses }: Operation): string[] =>
    Object.entries(responses)
      .filter(([status]) => status !== 'default')
      .flatMap(([, { content = {} }]) => Object.keys(content['application/problem+json']?.examples ?? {}));

  it.each(problemCodes)('%s: its page leads to each operation that says it can be answered, and back', (code) => {
    const giving = operations.filter((operation) => answers(operation).includes(code));
    const expected = giving.map(({ tags: [chapter], operationId }) => addressOfOperation(chapter, operationId));
    expect(
      linksOfPage(pageOf(code))
        .filter((link) => link.startsWith('/docs#'))
        .sort(),
    ).toEqual(expected.sort());
    for (const { responses } of giving) {
      const links = Object.values(responses).flatMap(({ description }) => linksOfMarkdown(description));
      expect(links).toContain(`/problems/${kebabOf(code)}`);
    }
  });

  it('leaves without operations only what no one operation is answered with', () => {
    const without = problemCodes.filter((code) => !/href="\/docs#/.test(pageOf(code)));
    expect(without).toEqual(['legacyLicenseManager', 'internalError']);
  });
});

describe('an event and its operation', () => {
  const parts = Object.entries(operationsOfClient).flatMap(([event, part]) =>
    (part?.operations ?? []).map((operationId) => [event, operationId, part?.as] as const),
  );
  const asked = keptMachines.flatMap(({ id, events }) =>
    events
      .map(({ name }) => [id, name, operationOf(id, name)] as const)
      .filter(([, , operation]) => operation !== null),
  );

  it.each(asked)('%s %s: the description of the operation leads to the event', (machine, event, operationId) => {
    const operation = operations.find((each) => each.operationId === operationId);
    expect(linksOfMarkdown(operation?.description ?? '')).toContain(addressOfRule(machine, event));
    expect(operation).toHaveProperty('x-events', expect.arrayContaining([{ machine, event }]));
  });

  it('is led to by no other operation', () => {
    const links = operations
      .flatMap(({ description }) => linksOfMarkdown(description))
      .filter((to) => to.includes('#'));
    const client = parts.map(([event]) => addressOfRule('clientSession', event));
    const kept = asked.map(([machine, event]) => addressOfRule(machine, event));
    expect(links.sort()).toEqual([...kept, ...client].sort());
  });

  it.each(parts)('clientSession %s: the description of %s leads to the event', (event, operationId, as) => {
    const operation = operations.find((each) => each.operationId === operationId);
    expect(linksOfMarkdown(operation?.description ?? '')).toContain(addressOfRule('clientSession', event));
    expect(operation).toHaveProperty('x-client-events', expect.arrayContaining([{ event, as }]));
  });
});

describe('client software', () => {
  it('is no source of a refusal: no page of refusals leads to its machine', () => {
    const links = [...pages.values()].flatMap(linksOfPage).filter((link) => link.includes('clientSession'));
    expect(links).toEqual([]);
  });

  it('is refused by nothing of its own: no answer of an operation leads to its machine', () => {
    const words = operations.flatMap(({ responses }) => Object.values(responses).map(({ description }) => description));
    expect(words.filter((each) => each.includes('clientSession'))).toEqual([]);
  });
});
