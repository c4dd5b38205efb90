/** Jest runs the TypeScript sources as ES modules, compiled by SWC; the types are checked by `npm run lint`. */
const project = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^virtual:refusal-words$': '<rootDir>/test/panel/parts/refusal-words.ts',
  },
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

/** What goes through a database runs on both. */
const onBoth = ['api', 'history', 'reliability', 'streams', 'support-tickets'];

/** Of that, specs about the file, the process or what has no database: they run once. */
const onSqliteOnly = [
  '/test/streams/slow-reader\\.spec\\.ts$',
  '/test/history/occupancy\\.plot\\.spec\\.ts$',
  '/test/api/(?:machines|rules)\\.spec\\.ts$',
  '/test/api/(?:startup|secrets|openapi|problems|surroundings|other-origins)\\.spec\\.ts$',
  '/test/reliability/(?:full-disk|linearizability\\.checker)\\.spec\\.ts$',
];

export default {
  maxWorkers: 2,
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/support/temporary.setup.js',
  globalTeardown: '<rootDir>/test/support/temporary.teardown.js',
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
      testMatch: [
        '<rootDir>/test/**/*.postgres.spec.ts',
        ...onBoth.map((folder) => `<rootDir>/test/${folder}/**/*.spec.ts`),
      ],
      testPathIgnorePatterns: ['/node_modules/', ...onSqliteOnly],
      globalSetup: '<rootDir>/test/support/postgres.setup.js',
      globalTeardown: '<rootDir>/test/support/postgres.teardown.js',
      setupFiles: ['<rootDir>/test/support/on-postgres.ts'],
    },
  ],
};
