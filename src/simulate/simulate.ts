/** `simulate`: a fleet lives for some days on a server with the test clock, and is looked at all the while. */
import { Client } from '../demo/client.js';
import { Account, type Terms } from './account.js';
import { close } from './closing.js';
import { clearOut, type Incident, incidentsOf, validityDay } from './incidents.js';
import { Team } from './team.js';
import { momentsPerDay, World } from './world.js';

export interface Plan {
  /** The server's address, without a slash at its end. */
  readonly serverUrl: string;
  readonly operatorToken: string;
  readonly devices: number;
  readonly days: number;
  /** The same seed gives the same lives and the same counts. */
  readonly seed: string;
  /** Called after each day; where it throws, the simulation ends with that. @param share from 0 to 1 */
  readonly onProgress?: (share: number) => void;
}

/** How many devices share a license, about. */
const teamSize = 40;
const teamsMin = 2;

/** Seats for so many of a hundred devices: at times there are too few. */
const seatsPerHundred = 74;

/**
 * Plays it.
 *
 * @returns what was counted, and which rules held
 * @throws where the server has no test clock, or refuses what it must not
 */
export async function simulate(plan: Plan): Promise<World> {
  const { devices, days, seed, serverUrl, operatorToken, onProgress } = plan;
  const operator = { authorization: `Bearer ${operatorToken}` };
  const world = await World.at(seed, new Client(serverUrl), serverUrl, operator);
  const teams = await teamsOf(world, devices, days);
  let open = incidentsOf(days);
  for (let day = 0; day < days; day += 1) {
    for (const team of teams) team.begin(day);
    for (let moment = 0; moment < momentsPerDay; moment += 1) {
      if (!teams.some((team) => team.isBusy(day, moment))) continue;
      await world.moveToMoment(day, moment);
      await Promise.all(teams.map((team) => team.play(day, moment)));
      // People are at work when the machines are.
      if (moment === momentsPerDay / 2) {
        open = await happen(world, teams, day, open);
        for (const team of teams) team.countDay();
      }
    }
    if (day % 7 === 0) await Promise.all(teams.map(clearOut));
    await Promise.all(teams.map((team) => lookAt(world, team)));
    onProgress?.((day + 1) / days);
  }
  await world.moveToMoment(days, 0);
  await close(world, teams);
  return world;
}

async function teamsOf(world: World, devices: number, days: number): Promise<Team[]> {
  const count = Math.max(teamsMin, Math.round(devices / teamSize));
  const teams: Team[] = [];
  for (let index = 0; index < count; index += 1) {
    // As even as it can be.
    const size = Math.floor((devices * (index + 1)) / count) - Math.floor((devices * index) / count);
    const account = await Account.open(world, `team-${index + 1}`, termsOf(world, index, count, size, days));
    teams.push(new Team(world, account, size));
  }
  return teams;
}

const periods = ['P30D', 'P14D', 'P7D', 'P30D', 'P21D'];

function termsOf(world: World, index: number, count: number, size: number, days: number): Terms {
  const lapses = index === 2 % count;
  return {
    product: 'Mapper',
    seats: Math.max(1, Math.round((size * seatsPerHundred) / 100)),
    checkInPeriod: periods[index % periods.length] ?? 'P30D',
    validUntil: lapses ? world.instantOf(validityDay(days)) : null,
    remoteDeactivation: index === 3 ? 'disabled' : 'enabled',
  };
}

/** Has happen what can, and gives what is still to come. */
async function happen(world: World, teams: readonly Team[], day: number, open: Incident[]): Promise<Incident[]> {
  const later: Incident[] = [];
  for (const incident of open) {
    const team = teams[incident.team % teams.length];
    const isDone = incident.day <= day && team !== undefined && (await incident.happen(world, team));
    if (!isDone) later.push(incident);
  }
  return later;
}

/** Asks the server at the end of a day what the ledger says. */
async function lookAt({ rules, now }: World, team: Team): Promise<void> {
  const { ledger, name } = team.account;
  const { seats, activeDevices } = await team.account.license();
  const sure = ledger.holders(now).length;
  rules.look('seatsHold', sure <= seats, () => `${sure} devices on ${seats} seats of ${name}`);
  rules.look(
    'serverSaysSo',
    sure <= activeDevices && activeDevices <= seats,
    () => `${name}: the server counts ${activeDevices} active devices on ${seats} seats, ${sure} are sure of theirs`,
  );
}
