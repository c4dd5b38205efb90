/** Every migration, oldest first. A database that names one which is not here was made by a newer Seatkeeper. */
import { CreateSchema1795000000000 } from './1795000000000-create-schema.js';

export const migrations = [CreateSchema1795000000000];
