/** The end of a simulation: everybody is asked once more, and what they say is compared with what the server says. */
import type { ShownDevice, ShownLicense } from './account.js';
import type { Rules } from './rules.js';
import type { Team } from './team.js';
import type { World } from './world.js';

/** What an installation says of itself. */
export interface SessionView {
  readonly name: string;
  readonly fingerprint: string;
  /** Null where the software does not run. */
  readonly state: string | null;
  readonly whyNot: string | null;
}

/** A license and all that is said of it, from both sides. */
export interface LicenseView {
  readonly name: string;
  readonly license: ShownLicense;
  readonly devices: readonly Pick<ShownDevice, 'fingerprint' | 'state'>[];
  readonly sessions: readonly SessionView[];
  /** Fingerprints whose seats may be occupied without anybody knowing. */
  readonly leftBehind: ReadonlySet<string>;
}

/** Wakes everybody, has them connect, and looks at what both sides say. */
export async function close(world: World, teams: readonly Team[]): Promise<void> {
  for (const team of teams) {
    const { installations, account } = team;
    for (const installation of installations) await installation.wake();
    await Promise.all(installations.filter(({ hasSeat }) => hasSeat).map((installation) => installation.connect()));
    // Of a lost answer nobody knows what became of it until it is asked for again.
    for (const installation of installations) {
      if (installation.isUnsure && installation.wantsSeat) await installation.ask();
    }
    const sessions = installations.map(({ name, fingerprint, seat }) => ({
      name,
      fingerprint,
      state: seat?.state ?? null,
      whyNot: seat?.answer.whyNot ?? null,
    }));
    const [license, devices] = [await account.license(), await account.devices()];
    compare(world.rules, { name: account.name, license, devices, sessions, leftBehind: account.leftBehind });
    for (const { event, outcome } of await account.history()) {
      if (outcome === 'accepted') world.tally.count(`history.${event}`);
    }
    for (const { seat } of installations) seat?.close();
  }
}

/** Looks whether what devices and the server say fits together. */
export function compare(rules: Rules, { name, license, devices, sessions, leftBehind }: LicenseView): void {
  const active = devices.filter(({ state }) => state === 'active');
  const { seats, activeDevices } = license;
  rules.look(
    'serverSaysSo',
    activeDevices === active.length && activeDevices <= seats,
    () => `${name}: ${activeDevices} active devices on ${seats} seats, ${active.length} in the list`,
  );
  const stateOf = new Map(devices.map(({ fingerprint, state }) => [fingerprint, state]));
  for (const session of sessions) {
    const state = stateOf.get(session.fingerprint) ?? null;
    // What lost all that it had kept knows nothing of the seat that it still has.
    const hasForgotten = session.state === 'signedOut' && leftBehind.has(session.fingerprint);
    rules.look('sessionsAgree', hasForgotten || agrees(session, state, license.status), () => {
      const says = `${session.state}${session.whyNot === null ? '' : ` (${session.whyNot})`}`;
      return `${session.name} says ${says}, the server ${state ?? 'nothing'} on a license that is ${license.status}`;
    });
  }
  const known = new Set(sessions.filter(isOfSeat).map(({ fingerprint }) => fingerprint));
  for (const { fingerprint } of active) {
    const isAccountedFor = known.has(fingerprint) || leftBehind.has(fingerprint);
    rules.look('sessionsAgree', isAccountedFor, () => `${name}: nobody knows of the seat of ${fingerprint}`);
  }
}

/** Whether a session knows that its device has a seat. */
function isOfSeat({ state, whyNot }: SessionView): boolean {
  return state === 'active' || state === 'onHold' || whyNot === 'leaseEnded';
}

/** Whether the state of a session can be, where the server says this of its device and its license. */
function agrees({ state, whyNot }: SessionView, device: string | null, license: string): boolean {
  switch (state) {
    case null:
      return true;
    case 'active':
      return device === 'active' && license === 'active';
    case 'onHold':
      return device === 'active' && license !== 'active';
    case 'deactivated':
      return device === 'remotelyDeactivated';
    case 'ended':
      // On a license that has ended, or is suspended, the lease ends while the seat is kept.
      if (whyNot === 'leaseEnded') return device === 'active' && license !== 'active';
      return device === whyNot || (device !== 'active' && whyNot === 'unauthenticated');
    case 'signedOut':
      return device !== 'active';
    default:
      return false;
  }
}
