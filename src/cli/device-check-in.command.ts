/** `seatkeeper device check-in`: connects, as client software does from time to time. */
import type { Command } from './command.js';
import { outcomeAnswer, runSentence } from './device.answer.js';
import { deviceOptions, withSeat } from './device.session.js';
import { exitsOfDevices, exitsWithServer } from './help.js';

export const deviceCheckInCommand: Command = {
  name: 'device check-in',
  summary: 'Connect: the deactivation date moves, and the lease is renewed',
  description: [
    'Also tells the server of a log-out that it has not heard of yet. Where the server does not answer, the lease decides whether the software may run: the answer says until when.',
  ],
  options: deviceOptions,
  examples: [
    { line: 'seatkeeper device check-in', meaning: 'connect with the seat of this machine' },
    {
      line: 'seatkeeper device check-in --store seat.json --fingerprint field-laptop-7 --json',
      meaning: 'with another',
    },
  ],
  hasJson: true,
  exits: [...exitsWithServer, ...exitsOfDevices],
  run: (_surroundings, options) =>
    withSeat(options, async (seat) => {
      const outcome = await seat.checkIn();
      return outcomeAnswer(seat, outcome, [runSentence(outcome.answer)]);
    }),
};
