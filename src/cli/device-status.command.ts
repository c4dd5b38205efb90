/** `seatkeeper device status`: what the software would be told at this moment, without asking anybody. */
import type { Command } from './command.js';
import { statusAnswer } from './device.answer.js';
import { deviceOptions, withSeat } from './device.session.js';
import { exitsOfDevices } from './help.js';

export const deviceStatusCommand: Command = {
  name: 'device status',
  summary: 'Say whether the software may run on this machine, without asking anybody',
  description: [
    'Decides as the software does without a network: by the lease that was kept, this machine’s fingerprint and its clock. A seat that is held counts as offline here, because nobody was asked; device check-in asks.',
  ],
  options: deviceOptions,
  examples: [
    { line: 'seatkeeper device status', meaning: 'may it run, until when, why not, what to do' },
    {
      line: 'seatkeeper device status --json',
      meaning: 'the same, answered as {"state", "mayRun", "until", "whyNot", "detail", "whatToDo", "endedBy", …}',
    },
  ],
  hasJson: true,
  exits: [['0', 'the software may run'], ['1', 'it may not'], ['2', 'wrong usage'], ...exitsOfDevices],
  run: (_surroundings, options) => withSeat(options, (seat) => Promise.resolve(statusAnswer(seat))),
};
