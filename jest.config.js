/** Jest runs the TypeScript sources as ES modules, compiled by SWC; the types are checked by `npm run lint`. */
const project = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

/** Specs about the file, the process or what has no database: they run once. */
const onSqliteOnly = [
  '/test/api/(?:startup|secrets|openapi|problems|surroundings)\\.spec\\.ts$',
  '/test/reliability/(?:full-disk)\\.spec\\.ts$',
  // The whole tour takes minutes on a server of its own; each machine's own walks run on both.
  '/test/api/model/composed\\.spec\\.ts$',
];

/**
 * What runs on PostgreSQL as well: a selection, until the whole of it has been seen to be green there in bearable time;
 * `npm run test:postgres` runs everything that knows no file.
 */
const onBoth =
  process.env.SEATKEEPER_TEST_WIDE === '1'
    ? ['api/**/*', 'reliability/**/*', 'support-tickets/**/*', 'history/**/*', 'streams/**/*']
    : [
        'api/{activation,check-in,dry-run,forced-actions,idempotency,unswept}',
        'reliability/constraints',
        'support-tickets/**/*',
        'history/**/*',
      ];

export default {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    {
      ...project,
      displayName: 'sqlite',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.postgres\\.spec\\.ts$'],
    },
    {
      ...project,
      displayName: 'postgres',
      testMatch: ['<rootDir>/test/**/*.postgres.spec.ts', ...onBoth.map((files) => `<rootDir>/test/${files}.spec.ts`)],
      testPathIgnorePatterns: ['/node_modules/', ...onSqliteOnly],
      globalSetup: '<rootDir>/test/support/postgres.setup.js',
      globalTeardown: '<rootDir>/test/support/postgres.teardown.js',
      setupFiles: ['<rootDir>/test/support/on-postgres.ts'],
    },
  ],
};
