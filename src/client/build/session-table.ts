/**
 * Writes the table of the session's machine as a module, which the client ships instead of XState. It is run when the machine changes
 * (`npm run client:generate`), and a test compares what it would write with what is there.
 */
import { type DescribedMachine, describedMachines } from '../../../machines/index.js';

/** The text of `session.table.ts`, not yet formatted. */
export function sessionTableModule(): string {
  const machine = describedMachines.find(({ id }) => id === 'clientSession');
  if (machine === undefined) throw new Error('there is no machine of the client session');
  const states = machine.states.map(({ name, tags }) => {
    const ways = machine.transitions.filter(({ from }) => from === name).map(wayOf);
    return `  ${name}: { mayRun: ${tags.includes('mayRun')}, on: { ${ways.join(', ')} } },`;
  });
  return `/**
 * How a session goes on: for each state and event the next state, or null where it stays. What is not in it is refused. Written by
 * \`npm run client:generate\` from \`machines/client-session/\`, and compared with it by a test: change the machine instead.
 */
export const initialState = '${machine.initial}';

export const sessionTable = {
${states.join('\n')}
} as const;
`;
}

function wayOf({ event, to, guards }: DescribedMachine['transitions'][number]): string {
  const target = to === null ? 'null' : `'${to}'`;
  if (guards.length > 1) throw new Error(`${event} has several guards, which the table cannot say`);
  return guards[0] === undefined ? `${event}: { to: ${target} }` : `${event}: { to: ${target}, guard: '${guards[0]}' }`;
}
