/**
 * Tells the story of the examples to a server: each step sends what the description says can be sent, at the time of the story, and
 * compares the answer with its example. Only what a server makes up (ids, secrets, leases, the end of a session) is called otherwise there.
 */
import { olivia, licenseKey, tablet, laptop, times, workstation } from '../../src/http/example.story.js';
import type { Assembly } from '../support/assembly.js';

/** A parameter or a body. */
export interface Described {
  schema: Record<string, unknown>;
  example?: unknown;
  examples?: Record<string, unknown>;
}
export interface Operation {
  operationId: string;
  parameters?: (Described & { name: string })[];
  requestBody?: { content: Record<string, Described> };
  responses: Record<string, { content?: Record<string, Described> }>;
}
/** As much of the description as is needed to tell it. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Record<string, unknown>>; examples: Record<string, Record<string, unknown>> };
}

/** One step. */
interface Step {
  readonly status?: number;
  /** The credential as the story calls it; nobody's where it is left out. */
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Query parameters to be sent, with their examples. */
  readonly query?: readonly string[];
}

/** How the story goes on when the laptop is deactivated: the workstation breaks, or goes home and the customer changes its mind. */
export type Ending = 'support' | 'home';

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const secret = /sk[alod]_[\w-]{43}$/;
const madeUp = /^[\w-]{43}$/;
const shortened = /^[\w-]+…$/;
const operator = 'the operator';
const support = 'the support agent';

export class Telling {
  /** Where the server answered otherwise than the example says. */
  readonly differences: string[] = [];
  /** The answers that were compared: operation and status. */
  readonly told = new Set<string>();
  private readonly names = new Map<string, string>();
  private readonly callings = new Map<string, string>();

  constructor(
    private readonly assembly: Assembly,
    private readonly document: Document,
  ) {}

  async tell(ending: Ending): Promise<void> {
    this.names.set(operator, await this.assembly.insertToken('01a20c9e-0000-7000-8000-000000000001', 'operator'));
    this.names.set(support, await this.assembly.insertToken('01a20c9e-0000-7000-8000-000000000002', 'support'));
    await this.begin();
    await this.takeSeats();
    await this.stealLaptop();
    await (ending === 'support' ? this.askSupport() : this.goHome());
  }

  private async begin(): Promise<void> {
    this.at(times.begins);
    await this.step('createOrganization', { as: operator, status: 201 });
    await this.step('readOrganization', { as: operator });
    await this.step('listOrganizations', { as: operator });
    await this.step('issueToken', { as: operator, status: 201 });
    await this.step('listTokens', { as: olivia.token });
    await this.step('addMember', { as: operator, status: 201 });
    await this.step('inviteMember', { as: operator, status: 201 });
    await this.step('lookAtInvitation');
    await this.step('acceptInvitation');
    await this.step('signIn');
    await this.step('listMembers', { as: olivia.token });
    this.at(times.issued);
    await this.step('issueLicense', { as: operator, status: 201 });
    await this.step('readLicense', { as: olivia.token });
    await this.step('listLicenses', { as: olivia.token });
    for (const each of ['readLiveness', 'readReadiness', 'readKeys', 'listMachines', 'readMachine'])
      await this.step(each);
    for (const each of ['Scxml', 'Mermaid', 'Json', 'Markdown']) await this.step(`exportMachineAs${each}`);
  }

  private async takeSeats(): Promise<void> {
    this.at(times.workstationActivated);
    await this.step('activateDevice', { as: licenseKey, status: 201 });
    this.at(times.laptopActivated);
    const { fingerprint, name } = laptop;
    await this.send('activateDevice', { as: licenseKey, status: 201, body: { fingerprint, name } });
    this.at(times.tabletRefused);
    await this.step('activateDevice', { as: licenseKey, status: 409, body: { fingerprint: tablet.fingerprint } });
    this.at(times.checkedIn);
    await this.step('checkIn', { as: workstation.token });
    for (const each of ['readDevice', 'listDevices', 'listSeats', 'listTicketTopics', 'renameDevice']) {
      await this.step(each, { as: olivia.token });
    }
  }

  private async stealLaptop(): Promise<void> {
    this.at(times.tried);
    await this.findLaptop();
    for (const each of ['inspect', 'dryRun', 'readPopulation', 'decide']) await this.step(each, { as: olivia.token });
    this.at(times.laptopDeactivated);
    await this.step('deactivateDevice', { as: olivia.token });
    await this.step('listLicenseTransitions', { as: olivia.token });
    await this.step('listDeviceTransitions', { as: olivia.token });
    await this.step('readOccupancy', { as: olivia.token, query: ['from', 'to'] });
  }

  private async askSupport(): Promise<void> {
    await this.send('setRemoteDeactivation', { as: olivia.token, body: { enabled: false } });
    await this.step('setRemoteDeactivation', { as: olivia.token, status: 202 });
    this.at(times.ticketOpened);
    await this.step('openTicket', { as: olivia.token, status: 201 });
    await this.step('readTicket', { as: olivia.token });
    await this.step('listTickets', { as: support });
    await this.step('forceRemoteDeactivation', { as: support });
    await this.step('forceDeactivation', { as: support });
    await this.step('moveTicket', { as: support });
  }

  private async goHome(): Promise<void> {
    await this.step('setRemoteDeactivation', { as: olivia.token });
    this.at(times.workstationLoggedOut);
    await this.step('logOut', { as: workstation.token });
    await this.step('registerDevice', { as: olivia.token, status: 201 });
    await this.step('registerDevice', { as: olivia.token });
    await this.step('changeLicense', { as: operator, headers: { 'if-match': '"1"' } });
    await this.step('renewLicense', { as: operator });
    await this.step('suspendLicense', { as: operator });
    await this.step('reinstateLicense', { as: operator });
    await this.step('replaceLicenseKey', { as: olivia.token, status: 201 });
    await this.step('revokeLicense', { as: operator });
    await this.step('changeMember', { as: operator });
  }

  /** The laptop activated without being looked at: its id in the story is the one on the second seat. */
  private async findLaptop(): Promise<void> {
    const { items } = await this.send('listSeats', { as: olivia.token });
    this.isCalled(laptop.id, (items as { device: { id: string } }[])[1]?.device.id ?? '');
  }

  private at(time: string): void {
    this.assembly.clock.instant = Date.parse(time);
  }

  /** Sends the request of an operation and compares the answer with its example. */
  private async step(operationId: string, step: Step = {}): Promise<void> {
    const status = step.status ?? 200;
    const answer = await this.send(operationId, step);
    const { content = {} } = this.operation(operationId).operation.responses[status] ?? {};
    this.told.add(`${operationId} ${status}`);
    const [media] = Object.values(content);
    const example = this.exampleOf(status < 400 ? media : { schema: { $ref: '#/components/schemas/Problem' } });
    this.compare(example, answer, `${operationId} ${status}`);
  }

  private async send(operationId: string, step: Step): Promise<Record<string, unknown>> {
    const { path, method, operation } = this.operation(operationId);
    const { parameters = [], requestBody } = operation;
    const exampleOf = (name: string): string => {
      const { example, examples } = parameters.find((each) => each.name === name)?.schema ?? {};
      return this.liveNames(String(example ?? (examples as unknown[] | undefined)?.[0]));
    };
    const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => exampleOf(name));
    const query = (step.query ?? []).map((name) => `${name}=${encodeURIComponent(exampleOf(name))}`).join('&');
    const body = step.body ?? (requestBody && this.exampleOf(requestBody.content['application/json']));
    const said = body === undefined ? undefined : (JSON.parse(this.liveNames(JSON.stringify(body))) as unknown);
    const credential = this.liveNames(step.as ?? '');
    const headers = { ...step.headers };
    if (credential !== '') headers['authorization'] = `${step.as === licenseKey ? 'License' : 'Bearer'} ${credential}`;
    const target = query === '' ? address : `${address}?${query}`;
    const answer = await this.assembly.request(method.toUpperCase(), target, null, said, headers);
    const { status = 200 } = step;
    if (answer.status !== status)
      this.differences.push(`${operationId}: ${answer.status} ${answer.text.slice(0, 300)}`);
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return isJson ? answer.body : (answer.text as unknown as Record<string, unknown>);
  }

  private operation(operationId: string): { path: string; method: string; operation: Operation } {
    for (const [path, item] of Object.entries(this.document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.operationId === operationId) return { path, method, operation };
      }
    }
    throw new Error(`there is no operation ${operationId}`);
  }

  private exampleOf(media: Described | undefined): unknown {
    if (media?.example !== undefined) return media.example;
    const { $ref } = media?.schema ?? {};
    const schema =
      $ref === undefined ? media?.schema : this.document.components.schemas[String($ref).split('/').at(-1) ?? ''];
    return schema?.['example'] ?? (schema?.['examples'] as unknown[] | undefined)?.[0];
  }

  private liveNames(text: string): string {
    let live = text;
    // A key before its hint, which is a part of it.
    const names = [...this.names].sort(([one], [other]) => other.length - one.length);
    for (const [told, name] of names) live = live.replaceAll(told, name);
    return live;
  }

  private compare(told: unknown, live: unknown, place: string): void {
    if (Array.isArray(told) && Array.isArray(live)) {
      // A page of a list shows as many as it needs to be understood.
      const isPage = place.endsWith('.items');
      if (isPage ? live.length < told.length : live.length !== told.length) {
        this.differences.push(`${place}: ${live.length} instead of ${told.length}`);
      }
      told.forEach((each, index) => this.compare(each, live[index], `${place}[${index}]`));
    } else if (isObject(told) && isObject(live)) {
      for (const key of new Set([...Object.keys(told), ...Object.keys(live)])) {
        this.compare(told[key], live[key], `${place}.${key}`);
      }
    } else if (typeof told === 'string' && typeof live === 'string' && this.isName(told, live, place)) {
      if (!this.isCalled(told, live)) this.differences.push(`${place}: ${live} is not what the story calls ${told}`);
    } else if (told !== live) {
      this.differences.push(`${place}: ${JSON.stringify(live)} instead of ${JSON.stringify(told)}`);
    }
  }

  /** Whether a text is made up by the server, and of the kind of the other. */
  private isName(told: string, live: string, place: string): boolean {
    if (shortened.test(told)) return live.startsWith(told.slice(0, -1));
    if (/\.keyHint$/.test(place) || place.endsWith('.actor.name')) return told.length === live.length;
    if (place.endsWith('.endsAt')) return !Number.isNaN(Date.parse(live)) && !Number.isNaN(Date.parse(told));
    if (told.includes('#')) return told.split('#')[0] === live.split('#')[0] && secret.test(told) && secret.test(live);
    return [uuid, secret, madeUp].some((kind) => kind.test(told) && kind.test(live));
  }

  /** Notes a name; false where it is that of something else already. What is renewed (a secret, a date) may be called anew. */
  private isCalled(told: string, live: string): boolean {
    const [toldName, name] = [told.split('#').at(-1) ?? told, live.split('#').at(-1) ?? live];
    const known = this.names.get(toldName);
    const knownAs = this.callings.get(name);
    this.names.set(toldName, name);
    this.callings.set(name, toldName);
    return !uuid.test(told) || ((known ?? name) === name && (knownAs ?? toldName) === toldName);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
