/**
 * House rules as tests: what may import what, where a status code, a clock or the environment may be read, how files are
 * named, and what no file may hold. It reads sources as text and runs none of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/** Every file below a folder, by its path from the root of the project. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const written = ['src', 'machines', 'migrations', 'test'].flatMap(filesBelow).filter((path) => /\.tsx?$/.test(path));
const isOfPanel = (path: string): boolean => path.startsWith('src/panel/');
/** The browser's files live by rules of their own, and by those for every file. */
const panelModules = written.filter(isOfPanel);
const modules = written.filter((path) => !isOfPanel(path));
const sources = modules.filter((path) => !path.startsWith('test/'));
const tests = modules.filter((path) => path.startsWith('test/'));
const textOf = new Map(written.map((path) => [path, readFileSync(path, 'utf8')]));
const text = (path: string): string => textOf.get(path) ?? '';
const inFolder = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

interface Import {
  from: string;
  /** A path from the root of the project, or the name of a package. */
  to: string;
  isPackage: boolean;
  /** Types only: gone when the program runs. */
  isType: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?([^;'"]*?)\bfrom\s+'([^']+)'/gm;
const imports: Import[] = modules.flatMap(importsOf);

function importsOf(path: string): Import[] {
  return [...text(path).matchAll(statement)].map(([, type, names = '', target = '']) => {
    const listed =
      /\{([^}]*)\}/
        .exec(names)?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    const isPackage = !target.startsWith('.');
    return {
      from: path,
      to: isPackage ? target : normalize(join(dirname(path), target)).replace(/\.js$/, '.ts'),
      isPackage,
      isType: type !== undefined || (listed.length > 0 && listed.every((name) => name.startsWith('type '))),
    };
  });
}

const shown = ({ from, to }: Import): string => `${from} → ${to}`;

/** The places where a pattern is found, as `path:line`. */
function placesOf(pattern: RegExp, paths: string[]): string[] {
  return paths.flatMap((path) =>
    text(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('machines/', () => {
  it('imports xstate and itself, and nothing else', () => {
    const foreign = imports.filter(
      ({ from, to }) => inFolder('machines')(from) && to !== 'xstate' && !inFolder('machines')(to),
    );
    expect(foreign.map(shown)).toEqual([]);
  });

  it('is imported by its index only', () => {
    const aside = imports.filter(
      ({ from, to }) => !inFolder('machines')(from) && inFolder('machines')(to) && to !== 'machines/index.ts',
    );
    expect(aside.map(shown)).toEqual([]);
  });

  it('reads no clock, no chance and no environment', () => {
    expect(
      placesOf(/\bDate\b|Math\.random|\bprocess\b|\bfetch\b|\bsetTimeout\b/, modules.filter(inFolder('machines'))),
    ).toEqual([]);
  });
});

/**
 * Which folder of `src` may import which. An entry with a slash opens a part only: a file, or all files of a role. Entities
 * may name each other, since rows do; the list of them in `persistence/` may name all.
 */
const mayImport: Record<string, string[]> = {
  clock: ['problems', 'persistence', 'auth/access.decorators', 'coordinator', 'http/schema'],
  config: ['clock/duration', 'persistence/database.location'],
  /** Of the machines alone: which operation puts which event, which rule gives which refusal, where all of it can be read. */
  rules: [],
  problems: ['config', 'persistence/database.away', 'rules'],
  persistence: [],
  http: ['clock', 'config', 'problems'],
  leases: ['auth/access.decorators', 'clock', 'config', 'persistence'],
  coordinator: [
    'auth/secret',
    'clock',
    'config',
    'devices/*.mapper',
    'history/*.mapper',
    'http/schema',
    'leases',
    'licenses/*.mapper',
    'persistence',
    'problems',
    'support/*.mapper',
  ],
  auth: ['clock', 'config', 'coordinator', 'http', 'organizations/*.queries', 'persistence', 'problems'],
  organizations: ['auth', 'clock', 'coordinator', 'http', 'persistence', 'problems'],
  people: [
    'auth',
    'clock',
    'config',
    'coordinator',
    'http',
    'organizations/*.queries',
    'persistence',
    'problems',
    'support/ticket.moves',
  ],
  history: ['auth', 'clock', 'coordinator', 'http', 'licenses/*.queries', 'persistence', 'problems'],
  'remote-deactivation': ['auth', 'clock', 'coordinator', 'history', 'http', 'licenses', 'persistence'],
  devices: ['auth', 'clock', 'coordinator', 'history', 'http', 'licenses', 'persistence', 'problems'],
  licenses: [
    'auth',
    'clock',
    'coordinator',
    'devices',
    'history/preview',
    'http',
    'organizations',
    'persistence',
    'problems',
    'remote-deactivation',
  ],
  support: ['auth', 'clock', 'coordinator', 'http', 'licenses', 'persistence', 'problems'],
  streams: [
    'auth',
    'clock',
    'config',
    'coordinator',
    'devices',
    'history',
    'http',
    'licenses',
    'persistence',
    'problems',
    'remote-deactivation',
  ],
  inspector: [
    'auth',
    'clock',
    'coordinator',
    'devices/*.queries',
    'history',
    'http',
    'licenses/*.queries',
    'persistence',
    'problems',
    'rules',
    'support/*.queries',
  ],
  operations: ['auth', 'clock', 'coordinator', 'persistence', 'problems', 'streams/stream.metrics', 'streams/*.module'],
  openapi: ['auth', 'config', 'problems', 'rules'],
  doctor: ['persistence/session'],
  'panel-host': ['http/prefers-html', 'problems/problem'],
  // What software of others ships: it knows the server by its interface, and its own machine by a table that is written from it.
  client: [],
  // Beside the API as a client of it: of the server it knows how times are written, and nothing else.
  demo: ['clock/clock', 'clock/instant'],
  // The same, with the client kit in the hands of its devices.
  simulate: ['client', 'clock/instant', 'demo/chance', 'demo/client'],
  cli: [
    'auth/sign-in-link',
    'client',
    'clock',
    'config',
    'demo',
    'doctor',
    'inspector',
    'leases',
    'persistence',
    'simulate',
  ],
};

/** The assembly: it knows everybody, and nobody knows it but the command line. */
const assembly = new Set(['src/main.ts', 'src/serve.ts', 'src/app.module.ts', 'src/description.ts', 'src/greeting.ts']);

function isOpen(allowed: string[], to: string): boolean {
  const path = to.replace(/^src\//, '').replace(/\.ts$/, '');
  return allowed.some((entry) => {
    const [folder, part] = entry.split('/');
    if (part === undefined) return path.startsWith(`${folder}/`);
    return part.startsWith('*') ? path.startsWith(`${folder}/`) && path.endsWith(part.slice(1)) : path === entry;
  });
}

/** Groups of files that import each other in a circle, each as one line. */
function circlesOf(edges: Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: string[]): void => {
    const begin = way.indexOf(path);
    if (begin >= 0) circles.push([...way.slice(begin), path].join(' → '));
    if (begin >= 0 || done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return circles;
}

describe('src/', () => {
  const own = imports.filter(({ from, isPackage }) => inFolder('src')(from) && !isPackage);
  const folderOf = (path: string): string => path.split('/')[1] ?? '';
  const isEntity = (path: string): boolean => path.endsWith('.entity.ts');

  it('has only folders whose place is known', () => {
    const folders = sources
      .filter(inFolder('src'))
      .filter((path) => path.split('/').length > 2)
      .map(folderOf);
    expect([...new Set(folders)].filter((folder) => !(folder in mayImport))).toEqual([]);
    expect(sources.filter((path) => /^src\/[^/]+$/.test(path) && !assembly.has(path))).toEqual([]);
  });

  it('imports between folders as the architecture says', () => {
    const astray = own.filter(({ from, to }) => {
      if (!inFolder('src')(to) || assembly.has(from) || folderOf(from) === folderOf(to)) return false;
      if (isEntity(to) && (isEntity(from) || from === 'src/persistence/entities.ts')) return false;
      return !isOpen(mayImport[folderOf(from)] ?? [], to);
    });
    expect(astray.map(shown)).toEqual([]);
  });

  it('has no file that imports itself by a detour, entities aside', () => {
    expect(circlesOf(own.filter(({ from, to, isType }) => !isType && !(isEntity(from) && isEntity(to))))).toEqual([]);
  });

  it('imports migrations from persistence and the checks of it only, and never a test', () => {
    const toMigrations = own.filter(({ to }) => inFolder('migrations')(to)).map(({ from }) => folderOf(from));
    expect([...new Set(toMigrations)].filter((folder) => !['persistence', 'operations'].includes(folder))).toEqual([]);
    expect(own.filter(({ to }) => inFolder('test')(to)).map(shown)).toEqual([]);
  });

  it('lets controllers be imported by their module only', () => {
    const astray = own.filter(({ from, to }) => to.endsWith('.controller.ts') && !from.endsWith('.module.ts'));
    expect(astray.map(shown)).toEqual([]);
  });

  it('keeps the batch free of HTTP and the rows free of both', () => {
    const frameworks = /^(?:fastify|@nestjs\/platform-fastify|@nestjs\/swagger|@fastify\/.*)$/;
    const rowFiles = /\.(?:mapper|entity|statement|statements)\.ts$/;
    const astray = imports.filter(({ from, to, isPackage, isType }) => {
      if (isType) return false;
      if (inFolder('src/coordinator')(from)) return isPackage && frameworks.test(to);
      return (
        inFolder('src')(from) &&
        rowFiles.test(from) &&
        (isPackage ? frameworks.test(to) || to.startsWith('@nestjs') : inFolder('src/coordinator')(to))
      );
    });
    expect(astray.map(shown)).toEqual([]);
  });

  it('writes an HTTP status of a refusal in src/problems only', () => {
    const status =
      /\b(?:status|statusCode|code|writeHead|HttpCode)\b\W{1,4}[45]\d\d\b|\bHttpStatus\b|\bnew \w+Exception\(/;
    expect(
      placesOf(
        status,
        sources.filter((path) => !inFolder('src/problems')(path)),
      ),
    ).toEqual([]);
  });

  it('reads the time in src/clock only', () => {
    const time = /\bDate\.now\b|\bnew Date\b|\bDate\(\)/;
    expect(
      placesOf(
        time,
        sources.filter((path) => !inFolder('src/clock')(path) && !inFolder('src/client')(path)),
      ),
    ).toEqual([]);
    // The client kit has a clock of its own, that of its user's machine, and shows instants as dates.
    const ofClient = placesOf(/\bDate\.now\b|\bnew Date\(\)|\bDate\(\)/, sources.filter(inFolder('src/client')));
    expect(ofClient.map((place) => place.replace(/:\d+$/, ''))).toEqual(['src/client/system.seat-clock.ts']);
  });

  it('touches the environment where the process begins only, and hands it to src/config whole', () => {
    const places = placesOf(/\bprocess\.env\b/, sources);
    expect(places.map((place) => place.replace(/:\d+$/, ''))).toEqual(['src/cli/seatkeeper.ts', 'src/main.ts']);
    expect(placesOf(/\bprocess\.env[.[]/, sources)).toEqual([]);
  });

  it('opens a writing transaction in the coordinator, at the start, for the keys and for failed credentials only', () => {
    const writers = placesOf(/\bdatabase\.write\(/i, sources).map((place) => place.replace(/:\d+$/, ''));
    const allowed =
      /^src\/(?:coordinator|persistence|leases|clock|cli)\/|^src\/auth\/(?:operator\.token|auth\.module|failure\.tally)\.ts$|^src\/serve\.ts$/;
    expect(writers.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('names a class by the path of its file', () => {
    const role = /([^/]+)\.(controller|service|entity|module|guard|pipe|filter)\.ts$/;
    const misnamed = sources.filter((path) => {
      const [, name = '', kind = ''] = role.exec(path) ?? [];
      if (kind === '') return false;
      const expected = [...name.split('-'), kind].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      return !new RegExp(`^export (?:abstract )?class ${expected}\\b`, 'm').test(text(path));
    });
    expect(misnamed).toEqual([]);
  });
});

describe('src/client/', () => {
  const shipped = imports.filter(({ from }) => inFolder('src/client')(from) && !inFolder('src/client/build')(from));

  it('needs nothing but jose, and of Node what its entry for Node asks for', () => {
    const packages = shipped.filter(({ to, isPackage, isType }) => isPackage && !isType && !to.startsWith('jose/'));
    const ofNode = new Set(['src/client/file.store.ts', 'src/client/fingerprint.ts']);
    expect(packages.filter(({ from, to }) => !(to.startsWith('node:') && ofNode.has(from))).map(shown)).toEqual([]);
    const reachOfNode = shipped.filter(({ to }) => ofNode.has(to)).map(({ from }) => from);
    expect([...new Set(reachOfNode)]).toEqual(['src/client/node.ts']);
  });

  it('imports nothing of the server and no machine', () => {
    expect(shipped.filter(({ to, isPackage }) => !isPackage && !inFolder('src/client')(to)).map(shown)).toEqual([]);
  });
});

describe('src/panel/', () => {
  const own = panelModules.flatMap(importsOf);

  it('imports nothing of the server, and of its description the types only', () => {
    const outside = own.filter(({ to, isPackage }) => !isPackage && !isOfPanel(to));
    expect(outside.filter(({ to, isType }) => !(isType && to === 'dist/openapi')).map(shown)).toEqual([]);
    const ofNode = own.filter(({ from, to }) => to.startsWith('node:') && !/\/(?:build\/|vite\.config)/.test(from));
    expect(ofNode.map(shown)).toEqual([]);
    expect(panelModules.length).toBeGreaterThan(0);
  });

  it('is imported by its own tests only', () => {
    expect(imports.filter(({ from, to }) => isOfPanel(to) && !inFolder('test/panel/parts')(from)).map(shown)).toEqual(
      [],
    );
  });

  it('talks to the server through the one client and the one stream', () => {
    const places = placesOf(/\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\(/, panelModules);
    const allowed = /^src\/panel\/(?:api\/client\.ts|live\/[a-z-]+\.ts|shell\/connection-banner\.tsx):/;
    expect(places.filter((place) => !allowed.test(place))).toEqual([]);
  });

  it('has no file that imports itself by a detour', () => {
    const next = own
      .filter(({ isType, isPackage }) => !isType && !isPackage)
      .map((edge) => ({ ...edge, to: fileOf(edge.to) }));
    expect(circlesOf(next)).toEqual([]);
  });
});

/** The panel's imports name no ending: its bundler finds it. */
function fileOf(path: string): string {
  return [`${path}.ts`, `${path}.tsx`].find((file) => textOf.has(file)) ?? path;
}

describe('every file', () => {
  it('is named in kebab-case with its role after a dot', () => {
    const name = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.tsx?$/;
    expect(written.filter((path) => !name.test(path.split('/').at(-1) ?? ''))).toEqual([]);
    const folders = written.flatMap((path) => path.split('/').slice(0, -1));
    expect([...new Set(folders)].filter((folder) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(folder))).toEqual([]);
  });

  it('belongs to a concept, and to no drawer', () => {
    const drawer = /(?:^|[/.-])(?:utils?|helpers?|common|misc|shared)(?=[/.-])/;
    expect(written.filter((path) => drawer.test(path))).toEqual([]);
  });

  it('says what it is before it exports or does anything', () => {
    const silent = written.filter((path) => {
      const begin = text(path).search(/^(?:export|describe|it|test|const|let|function|class|interface|type)\b/m);
      const head = begin < 0 ? text(path) : text(path).slice(0, begin);
      return !head.includes('/**');
    });
    expect(silent).toEqual([]);
  });

  it('silences no tool, leaves no note for later and knows no any', () => {
    const words = [
      'eslint' + '-disable',
      '@ts-' + 'ignore',
      '@ts-' + 'nocheck',
      '@ts-' + 'expect-error',
      'prettier' + '-ignore',
    ];
    const notes = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].map((word) => `\\b${word}\\b`);
    expect(placesOf(new RegExp([...words, ...notes].join('|')), written)).toEqual([]);
    expect(
      placesOf(
        /(?::|<|\bas) ?any\b(?! [a-z])/,
        written.filter((path) => path !== 'test/tidy.spec.ts'),
      ),
    ).toEqual([]);
  });

  it('is not long', () => {
    const linesMax = 420;
    const long = [...sources, ...panelModules].filter((path) => text(path).split('\n').length > linesMax);
    expect(long).toEqual([]);
  });
});

describe('the top level', () => {
  const fixed = [
    'src',
    'machines',
    'migrations',
    'test',
    'package.json',
    'tsconfig.json',
    'nest-cli.json',
    'README.md',
  ];
  const demanded = [
    'package-lock.json',
    'tsconfig.build.json',
    'eslint.config.js',
    'jest.config.js',
    'rolldown.config.js',
    '.prettierrc.json',
    '.prettierignore',
    '.editorconfig',
    '.gitignore',
    '.ci',
    'ARCHITECTURE.md',
    'LICENSE',
  ];

  it('holds what the architecture fixes, and beside it only what a tool or a well-known habit demands', () => {
    const present = readdirSync('.').filter((name) => !skipped.has(name));
    expect(present.filter((name) => !fixed.includes(name) && !demanded.includes(name))).toEqual([]);
    expect(fixed.filter((name) => !present.includes(name))).toEqual([]);
  });
});

describe('migrations/', () => {
  const paths = modules.filter(inFolder('migrations')).filter((path) => path !== 'migrations/index.ts');

  it('are named <timestamp>-<verb-noun>, the class likewise, and are all in the index', () => {
    for (const path of paths) {
      const [, timestamp = '', name = ''] = /^migrations\/(\d{13})-([a-z]+(?:-[a-z]+)+)\.ts$/.exec(path) ?? [];
      expect([path, name]).toEqual([path, expect.stringMatching(/-/)]);
      const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      expect(text(path)).toContain(`export class ${words.join('')}${timestamp} `);
      expect(text('migrations/index.ts')).toContain(`${words.join('')}${timestamp}]`.slice(0, -1));
    }
    expect(paths.length).toBeGreaterThan(0);
  });

  it('import typeorm and nothing else, so that they stay as they were when they ran', () => {
    const foreign = imports.filter(({ from, to }) => paths.includes(from) && to !== 'typeorm');
    expect(foreign.map(shown)).toEqual([]);
  });
});

describe('test/', () => {
  const specs = tests.filter((path) => path.endsWith('.spec.ts') && path !== 'test/tidy.spec.ts');

  it('mirrors the source tree, beside what is tested as a whole', () => {
    const whole = ['machines', 'api', 'reliability', 'performance', 'migrations', 'support', 'panel', 'examples'];
    // `test/support/` holds what tests share, so the tests of `src/support/` are elsewhere.
    const known = new Set([...whole, ...Object.keys(mayImport), 'support-tickets']);
    const folders = tests.map((path) => path.split('/')[1] ?? '').filter((name) => !name.endsWith('.ts'));
    expect([...new Set(folders)].filter((folder) => !known.has(folder))).toEqual([]);
  });

  it('skips nothing and picks out nothing', () => {
    const picked =
      /\b(?:describe|it|test)\s*(?:\.each\([^)]*\))?\.(?:skip|only|todo|failing)\b|\b(?:xit|xdescribe|xtest|fit|fdescribe)\(/;
    expect(
      placesOf(
        picked,
        tests.filter((path) => path !== 'test/tidy.spec.ts'),
      ),
    ).toEqual([]);
  });

  it('sleeps nowhere: who has to wait for a process polls a condition, with a bound', () => {
    const waiting = new Set([
      'test/support/browser.ts',
      'test/support/lives.ts',
      'test/support/process.ts',
      'test/support/server.ts',
      'test/tidy.spec.ts',
    ]);
    const allowed = (path: string): boolean => waiting.has(path) || inFolder('test/performance')(path);
    const pause = /\bsetTimeout\([^,]*(?:,\s*\d{2,}|,\s*[a-z]\w*)\)|timers\/promises|\bsleep\(/;
    expect(
      placesOf(
        pause,
        tests.filter((path) => !allowed(path)),
      ),
    ).toEqual([]);
  });

  it('asks the API as a stranger does: contract tests and oracle import nothing of the server', () => {
    const strangers = (path: string): boolean =>
      inFolder('test/api')(path) || inFolder('test/reliability/oracle')(path);
    const inside = imports.filter(({ from, to }) => strangers(from) && inFolder('src')(to));
    expect(inside.map(shown)).toEqual([]);
    // The walks along the models compare with the machines; an oracle that did so would share their mistakes.
    const models = imports.filter(
      ({ from, to }) => strangers(from) && inFolder('machines')(to) && !inFolder('test/api/model')(from),
    );
    expect(models.map(shown)).toEqual([]);
  });

  it('is made of sentences: no name of a test begins with "should"', () => {
    expect(placesOf(/\b(?:it|test)(?:\.each\(.*\))?\(\s*['"`]should\b/, specs)).toEqual([]);
  });
});
