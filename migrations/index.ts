/** Every migration, oldest first. A database that names one which is not here was made by a newer Seatkeeper. */
import { CreateSchema1795000000000 } from './1795000000000-create-schema.js';
import { CountFailedCredentials1796000000000 } from './1796000000000-count-failed-credentials.js';
import { KeepSeats1797000000000 } from './1797000000000-keep-seats.js';
import { IndexQuestions1798000000000 } from './1798000000000-index-questions.js';
import { LetPeopleSignIn1799000000000 } from './1799000000000-let-people-sign-in.js';

export const migrations = [
  CreateSchema1795000000000,
  CountFailedCredentials1796000000000,
  KeepSeats1797000000000,
  IndexQuestions1798000000000,
  LetPeopleSignIn1799000000000,
];
