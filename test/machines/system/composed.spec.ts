/**
 * The composed model, explored breadth first to its last reachable state: R1, R3, R6, R7 and R12 are looked at in every
 * state and at every step, against a witness that knows the history only. Devices are alike, so states in which they have
 * merely changed places are one.
 */
import {
  type Command,
  decide,
  offerRemoteDeactivation,
  type Reason,
  type Rows,
  settle,
  type SystemDecision,
} from '../../../machines/index.js';
import {
  beginning,
  canMove,
  canonical,
  keyOf,
  type Move,
  movesOfDevices,
  movesOfTheRest,
  pass,
} from './composed.model.js';
import { deepFreeze, now } from './rows.js';
import { Witness } from './witness.js';

interface Place {
  rows: Rows;
  witness: Witness;
  /** How it was reached, for the message. */
  way: string;
}

interface Exploration {
  states: number;
  transitions: number;
  wrong: string[];
}

/** Sent twice, they have the effect of once (R12). */
const repeatable = new Set<Move['type']>([
  'activate',
  'checkIn',
  'logOut',
  'register',
  'remotelyDeactivate',
  'forceDeactivate',
  'enable',
  'disable',
  'forceEnable',
  'suspend',
  'renew',
  'revoke',
  'change',
  'resolveTicket',
  'reopenTicket',
  'closeTicket',
  'settle',
]);
const wrongMax = 20;

/** Explores everything that `moves` reach. Where `settled`, a date that comes is settled at once. */
function explore(moves: Move[], settled: boolean): Exploration {
  const seen = new Set<string>();
  const queue: Place[] = [];
  const wrong: string[] = [];
  let transitions = 0;

  const arrive = (rows: Rows, witness: Witness, before: Place | null, move: Move | null): void => {
    const key = withoutOrder(keyOf(rows));
    const way = (): string => `${before === null ? '' : `${before.way} → `}${move === null ? key : wordsOf(move)}`;
    // On the rows as they were decided: `canonical` would work out the free seats anew.
    for (const difference of witness.differencesTo(rows)) wrong.push(`${difference} after ${way()}`);
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ rows: deepFreeze(canonical(rows)), witness, way: way() });
  };

  for (const setting of ['enabled', 'disabled'] as const) {
    arrive(beginning(setting), new Witness(setting), null, null);
  }
  for (const place of queue) {
    if (wrong.length > wrongMax) break;
    const { rows, witness } = place;
    const calm = settle(rows, now);
    const calmWitness = witness.copy().follow(calm.steps, rows.license.seats);
    for (const move of moves) {
      if (!canMove(rows, move)) continue;
      transitions += 1;
      if (move.type === 'pass') {
        const passed = pass(rows, move);
        const { rows: next, steps } = settled ? settle(passed, now) : { rows: passed, steps: [] };
        arrive(next, witness.copy().follow(steps, next.license.seats), place, move);
        continue;
      }
      const decision = decide(rows, move, now);
      for (const fault of faultsOf(decision, move, calm, calmWitness)) {
        wrong.push(`${fault}: ${wordsOf(move)} after ${place.way}`);
      }
      if (decision.rows === rows) continue;
      const next = witness.copy().follow(decision.steps, decision.rows.license.seats);
      arrive(decision.rows, next, place, move);
    }
  }
  return { states: seen.size, transitions, wrong };
}

/** What is wrong with a decision, as far as that can be said from the settled rows and the history alone. */
function faultsOf(
  decision: SystemDecision,
  command: Command,
  calm: ReturnType<typeof settle>,
  witness: Witness,
): string[] {
  const { outcome, steps, rows } = decision;
  const faults: string[] = [];
  if (calm.steps.length > 0 && JSON.stringify(steps.slice(0, calm.steps.length)) !== JSON.stringify(calm.steps)) {
    faults.push('R4: what time had done is not told first');
  }
  const own = steps.slice(calm.steps.length);
  if (outcome.kind === 'refused') {
    if (rows !== calm.rows && keyOf(rows) !== keyOf(calm.rows)) faults.push('a refusal changed something');
    if (own.some((step) => step.outcome !== 'refused')) faults.push('a refusal has an accepted step');
    if (own.length !== (command.type === 'activate' ? 1 : 0)) faults.push(`R11: a refusal with ${own.length} steps`);
  } else if (own.some((step) => step.outcome === 'refused')) {
    faults.push('an acceptance has a refused step');
  }
  if (outcome.kind !== 'refused' && outcome.kind !== 'changed' && command.type !== 'settle' && own.length > 0) {
    const ticketOnly = own.every((step) => step.machine === 'supportTicket');
    if (!ticketOnly) faults.push('R12: a repeat has steps');
  }
  const reason = outcome.kind === 'refused' ? outcome.reason : null;
  const expected = expectedRefusal(command, calm.rows, witness);
  if (expected !== undefined && expected !== reason) faults.push(`refused for ${reason}, not for ${expected}`);
  if (outcome.kind !== 'refused' && repeatable.has(command.type)) {
    const again = decide(rows, command, now);
    if (again.outcome.kind === 'refused') faults.push(`R12: the repeat is refused for ${again.outcome.reason}`);
    if (again.steps.length > 0) faults.push('R12: the repeat has steps');
    if (again.outcome.kind === 'unchanged' && again.rows !== rows) faults.push('R12: the repeat makes new rows');
    if (again.outcome.kind === 'changed') faults.push('R12: the repeat changes something');
  }
  return faults;
}

/** The reason for which a command has to be refused; null where it must be accepted, undefined where that is not said here. */
function expectedRefusal(command: Command, rows: Rows, witness: Witness): Reason | null | undefined {
  const ofLicense = {
    active: null,
    suspended: 'licenseSuspended',
    expired: 'licenseExpired',
    revoked: 'licenseRevoked',
  };
  const license = ofLicense[rows.license.status] as Reason | null;
  const isClosed = rows.tickets.get('ticket')?.status === 'closed';
  const stateOf = (id: string) => rows.devices.get(id)?.state;
  switch (command.type) {
    case 'activate': {
      const isFull = [...rows.devices.values()].filter(({ state }) => state === 'active').length === rows.license.seats;
      const isActive = witness.isActive(command.newDeviceId);
      return license ?? (isFull && !isActive ? 'noSeatAvailable' : null);
    }
    case 'checkIn':
      return witness.isActive(command.deviceId) ? license : 'deviceNotActive';
    case 'logOut':
      return witness.isActive(command.deviceId) || stateOf(command.deviceId) === 'loggedOut' ? null : 'deviceNotActive';
    case 'remotelyDeactivate': {
      if (stateOf(command.deviceId) === 'remotelyDeactivated') return null;
      if (!witness.isActive(command.deviceId)) return 'deviceNotActive';
      if (rows.setting.state === 'disabled') return 'remoteDeactivationDisabled';
      if (rows.setting.state === 'enabling') return 'remoteDeactivationEnabling';
      return witness.mayBeDeactivatedRemotely(command.deviceId) ? null : 'devicePredatesRemoteDeactivation';
    }
    case 'forceDeactivate': {
      if (isClosed) return 'ticketNotApplicable';
      if (stateOf(command.deviceId) === 'remotelyDeactivated') return null;
      return witness.isActive(command.deviceId) ? null : 'deviceNotActive';
    }
    case 'forceEnable':
      return isClosed ? 'ticketNotApplicable' : null;
    case 'enable':
    case 'disable':
    case 'register':
    case 'replaceKey':
    case 'settle':
      return null;
    case 'change':
      return [...rows.devices.values()].filter(({ state }) => state === 'active').length > (command.seats ?? 0)
        ? 'seatsInUse'
        : null;
    default:
      return undefined;
  }
}

function withoutOrder(key: string): string {
  const [license, ...devices] = key.split(' | ');
  return [license, ...devices.sort()].join(' | ');
}

function wordsOf(move: Move): string {
  if (move.type === 'pass') return `pass ${move.due}`;
  const about = 'deviceId' in move ? move.deviceId : 'newDeviceId' in move ? move.newDeviceId : null;
  return about === null ? move.type : `${move.type} ${about}`;
}

function publish(what: string, { states, transitions }: Exploration): void {
  process.stdout.write(`composed model, ${what}: ${states} states, ${transitions} transitions\n`);
}

describe('one license with two seats and three devices', () => {
  it('keeps the rules in every state that devices, the setting and time can reach, settled or not', () => {
    const exploration = explore(movesOfDevices(), false);
    publish('devices, setting and dates that have come unnoticed', exploration);
    expect(exploration.wrong).toEqual([]);
    expect(exploration.states).toBeGreaterThan(1_000);
  });

  it('keeps the rules in every state that all commands reach together', () => {
    const exploration = explore([...movesOfDevices(), ...movesOfTheRest()], true);
    publish('all commands', exploration);
    expect(exploration.wrong).toEqual([]);
    expect(exploration.states).toBeGreaterThan(10_000);
  });

  it('offers remote deactivation exactly where the attempt would succeed (R7, R13)', () => {
    const moves = movesOfDevices();
    const seen = new Set<string>();
    const queue = [beginning('disabled')];
    for (const rows of queue) {
      for (const device of rows.devices.values()) {
        const offer = offerRemoteDeactivation(device, rows.setting, now);
        const command = {
          type: 'remotelyDeactivate',
          actor: { kind: 'member', id: 'o', name: null },
          note: null,
        } as const;
        const { outcome } = decide(rows, { ...command, deviceId: device.id }, now);
        if (offer.allowed !== (outcome.kind === 'changed')) throw new Error(`${device.id} in ${keyOf(rows)}`);
        if (outcome.kind === 'refused') expect(offer.reason).toBe(outcome.reason);
      }
      for (const move of moves) {
        if (move.type === 'pass' || !canMove(rows, move)) continue;
        const next = canonical(decide(rows, move, now).rows);
        const key = withoutOrder(keyOf(next));
        if (!seen.has(key)) queue.push(next);
        seen.add(key);
      }
    }
    expect(seen.size).toBeGreaterThan(300);
  });
});
