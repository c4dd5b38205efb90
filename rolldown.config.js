/**
 * Puts the client kit into `dist/client`, a file for Node and one for browsers, which leave `jose` a package; and the built server into
 * `dist/server`: a file for each way in, and what they share. Loading a few files takes a second where loading the packages' thousand modules
 * one by one takes three. What is native or read as a file stays a package.
 */
import { createRequire } from 'node:module';

const { dependencies, devDependencies } = createRequire(import.meta.url)('./package.json');

/** Packages that are not bundled though they are there: native ones, files that are served as they are, and what is seldom loaded. */
const kept = ['better-sqlite3', '@node-rs/argon2', 'swagger-ui-dist', 'elkjs'];

/** What other packages try to load and do without, such as TypeORM's other drivers and Nest's other adapters. */
const absent = (code) => code === 'UNRESOLVED_IMPORT';

const server = {
  input: {
    main: 'dist/src/main.js',
    seatkeeper: 'dist/src/cli/seatkeeper.js',
    'checkpoint.worker': 'dist/src/persistence/checkpoint.worker.js',
    'signing.worker': 'dist/src/leases/signing.worker.js',
    'layout.worker': 'dist/src/inspector/layout.worker.js',
  },
  platform: 'node',
  external: (id) => kept.some((name) => id === name || id.startsWith(`${name}/`)),
  onLog(level, log, print) {
    if (!absent(log.code)) return print(level, log);
    // A package of our own that is not there is no option but a fault.
    const missing = Object.keys({ ...dependencies, ...devDependencies }).find((name) =>
      log.message.includes(`'${name}'`),
    );
    if (missing !== undefined) throw new Error(log.message);
  },
  output: {
    dir: 'dist/server',
    format: 'esm',
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
};

const client = {
  input: { node: 'dist/src/client/node.js', browser: 'dist/src/client/browser.js' },
  platform: 'neutral',
  external: /^(?:node:|jose\/)/,
  output: {
    dir: 'dist/client',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'seat-[hash].js',
    cleanDir: true,
  },
};

export default [client, server];
