/** `seatkeeper device activate`: asks for a seat for this machine, as a person who presses “Log in”. */
import { type Command, WrongUsage } from './command.js';
import { outcomeAnswer, runSentence } from './device.answer.js';
import { activationOptions, keyEnvironment, requireKey, withSeat } from './device.session.js';
import { exitsOfDevices, exitsWithServer } from './help.js';

export const deviceActivateCommand: Command = {
  name: 'device activate',
  summary: 'Ask for a seat for this machine, as a person does',
  description: [
    'A real client of a real server: what it gets and says is what your software would. It counts as a person who asks, so it also activates a device that its owner has deactivated.',
    'Where the machine holds a seat already, it connects. The session stays in a file that nobody else can read, for the other device commands.',
  ],
  options: activationOptions,
  environment: keyEnvironment,
  examples: [
    { line: 'seatkeeper device activate', meaning: 'a seat of the license whose key is in SEATKEEPER_LICENSE_KEY' },
    {
      line: 'seatkeeper device activate --name "Field laptop" --fingerprint field-laptop-7 --store seat.json --json',
      meaning: 'for an installation of which you say what tells it apart, kept beside you',
    },
  ],
  hasJson: true,
  exits: [...exitsWithServer, ...exitsOfDevices],
  run: (_surroundings, options) =>
    withSeat(options, async (seat) => {
      // Who holds a seat is asked for no key.
      if (seat.lease === null) requireKey(options);
      const outcome = await seat.activate({ askedByPerson: true });
      const { code, detail, remedy } = outcome.error ?? {};
      if (code === 'licenseKeyMalformed') {
        requireKey(options);
        throw new WrongUsage(`${detail} ${remedy}`);
      }
      const { device } = seat;
      const done = [`This machine holds seat ${device?.seat} as device ${device?.id}.`, runSentence(outcome.answer)];
      return outcomeAnswer(seat, outcome, done);
    }),
};
