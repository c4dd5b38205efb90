/**
 * A desktop application, reduced to what a person sees and does: each line that it writes stands in its window, each line that it
 * reads is a click. In Electron all of it belongs into the main process, where a window cannot be talked into running without a seat.
 *
 *   SEATS_URL=https://seats.example LICENSE_KEY=skl_… node desktop-app.js
 */
import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import { createSeat } from 'seatkeeper/client';

// Goes on with what the last run has kept: no server is needed for that.
const seat = await createSeat({
  serverUrl: process.env.SEATS_URL,
  licenseKey: process.env.LICENSE_KEY,
  product: 'mapper',
  name: hostname(),
  appVersion: '4.2.0',
  // Left out, it is the machine's own. A container has none.
  fingerprint: process.env.FINGERPRINT,
});

/** The line at the foot of the window, and what takes the window's place while the software may not run. */
function show({ mayRun, state, until, whyNot, detail, whatToDo }) {
  const day = until?.toISOString().slice(0, 10);
  if (state === 'active') console.log('Ready.');
  else if (mayRun) console.log(`Ready. The license server does not answer; it is not needed before ${day}.`);
  else console.log(`Stopped: ${[detail, whatToDo].filter(Boolean).join(' ')} (${whyNot})`);
}

/** What a person has just asked for and did not get, where the line above does not say it. */
function tell({ error, answer }) {
  if (error !== null && error.code !== answer.whyNot) {
    console.log(`Not done: ${error.detail} ${error.remedy ?? ''} (${error.code})`);
  }
}

// From now on every change is shown when it happens: a lost connection, the way back, an owner who frees this seat.
seat.subscribe(show);
show(seat.answer);

// Right at each start: it asks for a seat where none is held. One that an owner has freed is not asked for again by a program.
await seat.activate();

for await (const click of createInterface({ input: process.stdin })) {
  if (click === 'draw') {
    // Ask before each piece of work, and do not interrupt one that has begun: a person wants to save it.
    console.log(seat.answer.mayRun ? 'A map was drawn.' : 'No map without a seat.');
  }
  // Here a person asks, and the refusal of a program without that is lifted.
  if (click === 'log in') tell(await seat.activate({ askedByPerson: true }));
  if (click === 'log out') tell(await seat.logOut());
  if (click === 'quit') break;
}

// Quitting keeps the seat, so that the next start needs no server. Logging out gives it to somebody else.
seat.close();
process.stdin.destroy();
