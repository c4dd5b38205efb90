/** `seatkeeper device log-out`: gives the seat back. */
import type { Command } from './command.js';
import { outcomeAnswer } from './device.answer.js';
import { deviceOptions, withSeat } from './device.session.js';
import { exitsOfDevices, exitsWithServer } from './help.js';

export const deviceLogOutCommand: Command = {
  name: 'device log-out',
  summary: 'Give the seat of this machine back',
  description: [
    'Harmless where none is held. Where the server does not answer, the software may not run all the same, and the next device command that connects tells the server.',
  ],
  options: deviceOptions,
  examples: [
    { line: 'seatkeeper device log-out', meaning: 'free the seat for another machine' },
    { line: 'seatkeeper device log-out --store seat.json --fingerprint field-laptop-7 --json', meaning: 'another’s' },
  ],
  hasJson: true,
  exits: [...exitsWithServer, ...exitsOfDevices],
  run: (_surroundings, options) =>
    withSeat(options, async (seat) => {
      const wasHeld = seat.lease !== null;
      const outcome = await seat.logOut();
      const done = wasHeld ? 'The seat is free for another machine.' : 'No seat was held on this machine.';
      // Whether one was held is not known where what was kept cannot be read.
      return outcomeAnswer(seat, outcome, wasHeld || seat.storeError === null ? [done] : []);
    }),
};
