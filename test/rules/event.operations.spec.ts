/** Which operation puts which event: nothing in the table is stale, and no operation is forgotten. */
import { keptMachines, machineIds } from '../../machines/index.js';
import { askedEventsOf, eventsOf, operationOf, operationsOfEvents } from '../../src/rules/event.operations.js';
import { Assembly } from '../support/assembly.js';

let operations: { method: string; operationId: string; chapter: string }[];
beforeAll(async () => {
  const assembly = await Assembly.start();
  const { text } = await assembly.request('GET', '/openapi.json', null);
  await assembly.stop();
  const { paths } = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string; tags: [string] }>>;
  };
  operations = Object.values(paths).flatMap((item) =>
    Object.entries(item).map(
      ([
        method,
        {
          operationId,
          tags: [chapter],
        },
      ]) => ({ method, operationId, chapter }),
    ),
  );
});

it('knows exactly the events of the machines', () => {
  expect(Object.keys(operationsOfEvents)).toEqual(machineIds);
  for (const { id, events } of keptMachines) {
    expect(Object.keys(operationsOfEvents[id])).toEqual(events.map(({ name }) => name));
  }
});

it('names operations that there are', () => {
  const ids = operations.map(({ operationId }) => operationId);
  const named = machineIds.flatMap((id) => askedEventsOf(id).map((event) => operationOf(id, event)));
  expect(named.filter((id) => id === null || !ids.includes(id))).toEqual([]);
});

/** Written by hand: what changes something in these chapters, and is no event of a machine. */
const noEvents = ['issueLicense', 'changeLicense', 'replaceLicenseKey', 'registerDevice', 'renameDevice', 'openTicket'];

it('leaves out no operation that changes a device, a license, its setting or a ticket', () => {
  const chapters = ['devices', 'licenses', 'remote deactivation', 'support'];
  const changing = operations.filter(({ method, chapter }) => method !== 'get' && chapters.includes(chapter));
  expect(changing.length).toBeGreaterThan(15);
  const silent = changing.map(({ operationId }) => operationId).filter((id) => eventsOf(id).length === 0);
  expect(silent.sort()).toEqual([...noEvents].sort());
});

it('has no operation for what time or another change brings', () => {
  const brought = keptMachines.flatMap(({ id, events }) =>
    events.filter(({ name }) => operationOf(id, name) === null).map(({ name }) => `${id}.${name}`),
  );
  expect(brought).toEqual(['device.expire', 'remoteDeactivation.blockingDeviceLeft', 'license.expire']);
});

it('tells the events of an operation of one machine, and none of one that puts none', () => {
  expect(eventsOf('setRemoteDeactivation')).toEqual([
    { machine: 'remoteDeactivation', event: 'enable' },
    { machine: 'remoteDeactivation', event: 'disable' },
  ]);
  expect(eventsOf('renameDevice')).toEqual([]);
  expect(operationOf('device', 'constructor')).toBeNull();
});
