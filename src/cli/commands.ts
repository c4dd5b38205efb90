/** Every command of `seatkeeper`, in the order of the help. */
import type { Command } from './command.js';
import { demoCommand } from './demo.command.js';
import { doctorCommand } from './doctor.command.js';
import { keysRotateCommand } from './keys-rotate.command.js';
import { machinesExportCommand } from './machines-export.command.js';
import { migrateCommand } from './migrate.command.js';
import { openapiCommand } from './openapi.command.js';
import { serveCommand } from './serve.command.js';
import { signInLinkCommand } from './sign-in-link.command.js';

export const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  doctorCommand,
  keysRotateCommand,
  signInLinkCommand,
  openapiCommand,
  machinesExportCommand,
  demoCommand,
];
