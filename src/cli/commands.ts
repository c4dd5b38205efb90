/** Every command of `seatkeeper`, in the order of the help. */
import type { Command } from './command.js';
import { demoCommand } from './demo.command.js';
import { deviceActivateCommand } from './device-activate.command.js';
import { deviceCheckInCommand } from './device-check-in.command.js';
import { deviceLogOutCommand } from './device-log-out.command.js';
import { deviceStatusCommand } from './device-status.command.js';
import { deviceWatchCommand } from './device-watch.command.js';
import { doctorCommand } from './doctor.command.js';
import { keysRotateCommand } from './keys-rotate.command.js';
import { licenseIssueCommand } from './license-issue.command.js';
import { machinesExportCommand } from './machines-export.command.js';
import { migrateCommand } from './migrate.command.js';
import { openapiCommand } from './openapi.command.js';
import { serveCommand } from './serve.command.js';
import { signInLinkCommand } from './sign-in-link.command.js';
import { simulateCommand } from './simulate.command.js';
import { tokenCreateCommand } from './token-create.command.js';

export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  doctorCommand,
  keysRotateCommand,
  signInLinkCommand,
  tokenCreateCommand,
  licenseIssueCommand,
  deviceActivateCommand,
  deviceCheckInCommand,
  deviceLogOutCommand,
  deviceStatusCommand,
  deviceWatchCommand,
  openapiCommand,
  machinesExportCommand,
  demoCommand,
  simulateCommand,
];
