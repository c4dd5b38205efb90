/** What happens among people over the days: something is stolen, broken, suspended, forgotten. Each license has its share. */
import type { Team } from './team.js';
import { dayMillis, type World } from './world.js';

export interface Incident {
  /** From the beginning; the first day at which it can happen. */
  readonly day: number;
  /** Which of the licenses it is about, counted around. */
  readonly team: number;
  /** Says whether it has happened; where it could not yet, it is tried again on the next day. */
  happen(world: World, team: Team): Promise<boolean>;
}

/** An owner looks into the panel when people complain, and frees what was not seen for so long. */
const unseenMillis = 4 * dayMillis;

/** The incidents of a simulation. @param days how many there are */
export function incidentsOf(days: number): Incident[] {
  const at = (share: number): number => Math.floor(days * share);
  return [
    {
      day: at(0.25),
      team: 0,
      async happen(world, { account, installations }) {
        const stolen = installations.find(({ kind, seat }) => kind === 'laptop' && seat?.answer.mayRun === true);
        if (stolen === undefined) return false;
        stolen.isStolen = true;
        world.tally.count('lives.laptopsStolen');
        await account.deactivate(stolen.fingerprint);
        await account.replaceKey();
        return true;
      },
    },
    on(at(0.4), 1, ({ account }) => account.change('suspend')),
    on(at(0.4) + 3, 1, ({ account }) => account.change('reinstate')),
    {
      day: at(0.5),
      team: 3,
      async happen(world, { account, installations }) {
        const broken = installations.find(({ kind, seat }) => kind === 'desktop' && seat?.state === 'active');
        if (broken === undefined) return false;
        const { fingerprint } = broken;
        broken.vanish();
        world.tally.count('lives.desktopsBroken');
        await account.askSupportFor(fingerprint);
        return true;
      },
    },
    // The vendor renews two days after the validity has ended.
    on(validityDay(days) + 2, 2, ({ account }, world) =>
      account.change('renew', { validUntil: world.instantOf(days * 4) }),
    ),
    on(at(0.55), 4, ({ account }) => account.setRemoteDeactivation(false)),
    on(at(0.65), 4, ({ account }) => account.setRemoteDeactivation(true)),
  ];
}

/** At which day the validity of the license that lapses ends. */
export function validityDay(days: number): number {
  return Math.floor(days * 0.7);
}

/** On Mondays owners whose people got no seat look for machines that nobody uses. */
export async function clearOut(team: Team): Promise<void> {
  const refusals = team.takeRefusals();
  if (refusals > 0) await team.account.clearOut(unseenMillis, Math.ceil(refusals / 5));
}

function on(day: number, team: number, happen: (team: Team, world: World) => Promise<void>): Incident {
  return {
    day,
    team,
    async happen(world, subject) {
      await happen(subject, world);
      return true;
    },
  };
}
