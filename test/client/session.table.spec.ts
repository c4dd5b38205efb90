/** The table that the kit ships is the machine: in every state, for every event, along any way. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import {
  clientSessionEvents,
  clientSessionMachine,
  clientSessionSnapshot,
  clientSessionStates,
  type ClientSessionEvent,
  decideClientSession,
} from '../../machines/index.js';
import { sessionTableModule } from '../../src/client/build/session-table.js';
import { isSessionState, mayRunIn, type SessionEvent, signedOut, step } from '../../src/client/session.js';
import { sessionTable } from '../../src/client/session.table.js';

const events = (Object.keys(clientSessionEvents) as ClientSessionEvent['type'][]).flatMap<object>((type) =>
  type === 'activate' ? [true, false].map((byPerson) => ({ type, byPerson })) : [{ type }],
) as (ClientSessionEvent & SessionEvent)[];

describe('the table of the session', () => {
  it('has the states of the machine, begins as it does, and runs where it says so', () => {
    expect(Object.keys(sessionTable)).toEqual([...clientSessionStates]);
    expect(signedOut).toBe(clientSessionMachine.root.initial.target[0]?.key);
    for (const state of clientSessionStates) {
      expect([state, mayRunIn(state)]).toEqual([state, clientSessionSnapshot(state, {}).hasTag('mayRun')]);
      expect(isSessionState(state)).toBe(true);
    }
    expect(isSessionState('toString')).toBe(false);
  });

  it.each(clientSessionStates.flatMap((state) => events.map((event) => [state, event] as const)))(
    'does in %s for %j what the machine does',
    (state, event) => {
      const decision = decideClientSession(clientSessionSnapshot(state, {}), event);
      const { outcome, state: next } = step(state, event);
      expect(outcome).toBe(
        decision.outcome === 'refused' ? 'refused' : decision.outcome === 'changed' ? 'moved' : 'stayed',
      );
      expect(next).toBe(decision.outcome === 'refused' ? state : decision.snapshot.value);
    },
  );

  it('goes every way that the machine goes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (way) => {
        let snapshot = clientSessionSnapshot(signedOut, {});
        let state = signedOut;
        for (const event of way) {
          const decision = decideClientSession(snapshot, event);
          if (decision.outcome !== 'refused') snapshot = decision.snapshot;
          state = step(state, event).state;
          expect(state).toBe(snapshot.value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is what the machine gives now', () => {
    const squeezed = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(',}', '}');
    expect(squeezed(readFileSync('src/client/session.table.ts', 'utf8'))).toBe(squeezed(sessionTableModule()));
  });
});
